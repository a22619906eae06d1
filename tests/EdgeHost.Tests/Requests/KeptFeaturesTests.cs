using EdgeHost.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EdgeHost.Tests.Requests;

public sealed class KeptFeaturesTests
{
    private readonly OfOneConnection server = new();

    [Fact]
    public void A_context_asks_the_server_once_for_what_its_connection_keeps()
    {
        var context = new EdgeContext(server, TimeProvider.System);
        for (var n = 0; n < 3; n++)
        {
            server.NextRequest();
            context.BeginRequest();
            Assert.Equal("GET", context.Http.Request.Method);
        }

        Assert.Equal(2, server.Asked);
    }

    [Fact]
    public void What_was_set_for_a_request_is_gone_with_it()
    {
        var context = new EdgeContext(server, TimeProvider.System);
        context.Http.Items["visitor"] = "the first";
        context.Http.Features.Set("the first");
        context.Http.Features[typeof(Uri)] = new Uri("http://first.example/");
        Assert.Equal(("the first", "the first"), (context.Http.Items["visitor"], context.Http.Features.Get<string>()));

        server.NextRequest();
        context.BeginRequest();

        Assert.Empty(context.Http.Items);
        Assert.Null(context.Http.Features.Get<string>());
        Assert.Null(context.Http.Features[typeof(Uri)]);
    }

    [Fact]
    public void What_stands_in_for_a_feature_is_used_until_the_request_ends()
    {
        var context = new EdgeContext(server, TimeProvider.System);
        Assert.Equal("GET", context.Http.Request.Method);

        context.Http.Features.Set<IHttpRequestFeature>(new HttpRequestFeature { Method = "PUT" });
        Assert.Equal("PUT", context.Http.Request.Method);

        server.NextRequest();
        context.BeginRequest();
        Assert.Equal("GET", context.Http.Request.Method);
    }

    // As Kestrel's: the same at each request, with a new revision; what was set is forgotten.
    private sealed class OfOneConnection : IFeatureCollection
    {
        private readonly HttpRequestFeature request = new() { Method = "GET" };
        private FeatureCollection set = new();

        public int Asked { get; private set; }

        public bool IsReadOnly => false;

        public int Revision { get; private set; }

        public object? this[Type key]
        {
            get => set[key] ?? (key == typeof(IHttpRequestFeature) ? request : null);
            set => set[key] = value;
        }

        public void NextRequest()
        {
            set = new FeatureCollection();
            Revision++;
        }

        public TFeature? Get<TFeature>()
        {
            Asked += typeof(TFeature) == typeof(IHttpRequestFeature) ? 1 : 0;
            return (TFeature?)this[typeof(TFeature)];
        }

        public void Set<TFeature>(TFeature? instance) => this[typeof(TFeature)] = instance;

        public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => set.GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

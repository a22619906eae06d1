using Microsoft.AspNetCore.Http.Features;

namespace EdgeHost.Requests;

/// <summary>What is kept for a connection from one request to the next.</summary>
internal sealed class EdgeContext
{
    // A few milliseconds of answers from memory, of a client that sends ahead; to one that waits in between, a pause is nothing.
    private const int RequestsPerPause = 256;

    private readonly KeptFeatures features;
    private readonly IHttpRequestFeature request;
    private int requests;

    public EdgeContext(IFeatureCollection server)
    {
        features = new KeptFeatures(server);
        request = server.GetRequiredFeature<IHttpRequestFeature>();
        Http = new DefaultHttpContext(features);
    }

    public DefaultHttpContext Http { get; }

    /// <summary>What was asked for, as it was sent.</summary>
    public string RawTarget => request.RawTarget;

    /// <summary>Whatever was set for the request before is gone.</summary>
    public void BeginRequest() => features.BeginRequest();

    /// <summary>Counts a request. True where the thread is to be left to others: a client that sends its requests ahead of the answers always has the next one ready.</summary>
    public bool CountRequest() => ++requests % RequestsPerPause == 0;
}

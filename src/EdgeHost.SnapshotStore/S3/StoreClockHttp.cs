using Amazon.Runtime;

namespace EdgeHost.SnapshotStore.S3;

/// <summary>The HTTP stack under the SDK: bounded connection attempts, and a look at the <c>Date</c> of every answer, which tells how far our clock is off.</summary>
internal sealed class StoreClockHttp(TimeProvider clock, TimeSpan connectTimeout) : HttpClientFactory
{
    private long offsetTicks = long.MinValue;

    public TimeSpan? Offset => Interlocked.Read(ref offsetTicks) is var ticks && ticks == long.MinValue ? null : TimeSpan.FromTicks(ticks);

    public override HttpClient CreateHttpClient(IClientConfig clientConfig)
    {
        var sockets = new SocketsHttpHandler
        {
            ConnectTimeout = connectTimeout,
            // DNS is asked again within this time when a service moves.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            AllowAutoRedirect = false,
            AutomaticDecompression = System.Net.DecompressionMethods.None,
            UseCookies = false,
        };
        return new HttpClient(new DateHandler(this, sockets), disposeHandler: true) { Timeout = clientConfig.Timeout ?? TimeSpan.FromMinutes(10) };
    }

    private sealed class DateHandler(StoreClockHttp owner, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (response.Headers.Date is { } date)
            {
                // Date has whole seconds: half a second is what it is off by on average.
                Interlocked.Exchange(ref owner.offsetTicks, (date - owner.Clock.GetUtcNow() + TimeSpan.FromSeconds(0.5)).Ticks);
            }

            return response;
        }
    }

    private TimeProvider Clock => clock;
}

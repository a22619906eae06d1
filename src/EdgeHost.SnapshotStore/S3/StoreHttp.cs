using Amazon.Runtime;

namespace EdgeHost.SnapshotStore.S3;

/// <summary>The HTTP stack under the SDK: bounded connection attempts, no refused body that reaches the next request, and a look at the <c>Date</c> of every answer, which tells how far our clock is off.</summary>
internal sealed class StoreHttp(TimeProvider clock, TimeSpan connectTimeout) : HttpClientFactory
{
    // HttpConnection.Expect100ErrorSendThreshold.
    private const int SmallBody = 1024;

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

    private sealed class DateHandler(StoreHttp owner, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            // HttpClient sends a body of up to 1024 bytes even after the server has refused it instead of saying "100 Continue". Some engines then
            // take it for the beginning of that connection's next request. Sent at once, it is read and thrown away.
            if (request.Content?.Headers.ContentLength <= SmallBody)
            {
                request.Headers.ExpectContinue = false;
            }

            var response = await base.SendAsync(request, cancellationToken);
            // A program may let its sockets continue where their bytes come in. What follows here, signatures and XML and whatever is made of it, is not for that thread.
            await Task.Yield();
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

using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace EdgeHost.Origins;

/// <summary>The connections to one origin. Visitors' requests and probes each have their own, so that neither waits for the other.</summary>
internal sealed class OriginClient(TimeSpan connectTimeout, TimeProvider clock) : IDisposable
{
    // Shorter than a probe may take, so that an address nobody answers at is told from a site that hangs.
    private static readonly TimeSpan LongestProbeConnect = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LeastHandshake = TimeSpan.FromMilliseconds(100);

    public HttpMessageInvoker Requests { get; } = new(new OriginHandler(Sockets(connectTimeout, clock), clock), disposeHandler: true);

    public HttpMessageInvoker Probes { get; } = new(new OffloadHandler(Sockets(connectTimeout < LongestProbeConnect ? connectTimeout : LongestProbeConnect, clock)), disposeHandler: true);

    public void Dispose()
    {
        Requests.Dispose();
        Probes.Dispose();
    }

    private static SocketsHttpHandler Sockets(TimeSpan connectTimeout, TimeProvider clock) => new()
    {
        // A proxy from the environment, cookies, redirects or decompression of our own would change what visitors get.
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        EnableMultipleHttp2Connections = true,
        ActivityHeadersPropagator = null,
        // The first is TCP's alone. The second holds for TCP and TLS together, and comes later: what it ends was reached, and is stuck in its handshake.
        ConnectCallback = (context, cancellationToken) => TcpConnection.OpenAsync(context.DnsEndPoint, connectTimeout, clock, cancellationToken),
        ConnectTimeout = connectTimeout + (connectTimeout / 4 > LeastHandshake ? connectTimeout / 4 : LeastHandshake),
        // As without a policy, but that no missing certificate is fetched: it would be waited for on a thread that serves visitors. TLS asks servers for their whole chain (RFC 8446 §4.4.2).
        SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = new X509ChainPolicy { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck } },
        // DNS is asked again within this time when the platform moves.
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        // Header values go through byte for byte, as Kestrel is told to read them.
        RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
    };
}

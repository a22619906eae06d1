using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace EdgeHost.Tests.Tls;

/// <summary>A visitor's TLS connection, with a server name of a test's choice, that takes whatever certificate it is shown.</summary>
internal sealed class TlsClient : IAsyncDisposable
{
    private readonly TcpClient tcp;

    private TlsClient(TcpClient tcp, SslStream stream)
    {
        this.tcp = tcp;
        Stream = stream;
    }

    public SslStream Stream { get; }

    /// <summary>SHA-256 of what was shown.</summary>
    public string Fingerprint => Stream.RemoteCertificate!.GetCertHashString(HashAlgorithmName.SHA256);

    /// <summary>The subjects of what was sent, the certificate's own first.</summary>
    public IReadOnlyList<string> Sent { get; private set; } = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="port">Where.</param>
    /// <param name="serverName">Null: none is sent.</param>
    /// <param name="versions">What it speaks.</param>
    /// <param name="protocol">What it wants to speak inside; null: HTTP/1.1.</param>
    /// <param name="change">What else is to be otherwise.</param>
    public static async Task<TlsClient> OpenAsync(int port, string? serverName, SslProtocols versions = SslProtocols.None, SslApplicationProtocol? protocol = null, Action<SslClientAuthenticationOptions>? change = null)
    {
        var tcp = new TcpClient { NoDelay = true };
        try
        {
            await tcp.ConnectAsync("127.0.0.1", port, Cancel);
            IReadOnlyList<string> sent = [];
            var options = new SslClientAuthenticationOptions
            {
                TargetHost = serverName ?? "",
                EnabledSslProtocols = versions,
                ApplicationProtocols = [protocol ?? SslApplicationProtocol.Http11],
                RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
                {
                    sent = [.. chain!.ChainPolicy.ExtraStore.Select(one => one.Subject).Prepend(certificate!.Subject).Distinct()];
                    return true;
                },
                CertificateChainPolicy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true },
            };
            change?.Invoke(options);
            var stream = new SslStream(tcp.GetStream());
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            patience.CancelAfter(TimeSpan.FromSeconds(20));
            await stream.AuthenticateAsClientAsync(options, patience.Token);
            return new TlsClient(tcp, stream) { Sent = sent };
        }
        catch
        {
            tcp.Dispose();
            throw;
        }
    }

    /// <summary>The whole answer to an HTTP/1.1 request, after which the connection ends.</summary>
    public async Task<string> GetAsync(string host, string target = "/")
    {
        await Stream.WriteAsync(Encoding.Latin1.GetBytes($"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"), Cancel);
        using var reader = new StreamReader(Stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync();
        tcp.Dispose();
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace EdgeHost.SystemTests.Faults.Platforms;

/// <summary>A platform of several sites that does what a test wants: all of it, one site or one path. What reaches it is counted.</summary>
internal sealed class FaultOrigin : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Fault> byHost = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Fault> byPath = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Socket, Task> open = new();
    private readonly Dictionary<string, PlatformSite> sites;
    private readonly X509Certificate2? trusted;
    private readonly X509Certificate2? untrusted;
    private readonly OriginPort port;
    private CancellationTokenSource episode = new();
    private volatile Fault all;

    /// <param name="sites">Whose host each request must name.</param>
    /// <param name="certificates">Null: without TLS.</param>
    public FaultOrigin(IEnumerable<PlatformSite> sites, OriginCertificates? certificates = null)
    {
        this.sites = sites.ToDictionary(site => site.Host);
        trusted = certificates?.Trusted(this.sites.Keys);
        untrusted = certificates is null ? null : OriginCertificates.Untrusted(this.sites.Keys);
        port = new OriginPort(socket => open[socket] = Task.Run(() => ServeAsync(socket, episode.Token)));
        port.Open();
    }

    public Arrivals Arrivals { get; } = new();

    public string Address => string.Create(CultureInfo.InvariantCulture, $"{(trusted is null ? "http" : "https")}://127.0.0.1:{port.Number}");

    /// <summary>The whole of it, from now on. What hangs in the fault before is reset, and where the fault is one of connections all that are open.</summary>
    public void Set(Fault fault)
    {
        var before = all;
        all = fault;
        switch (fault)
        {
            case Fault.Refused:
                port.Refuse();
                break;
            case Fault.ConnectHangs:
                port.Hang();
                break;
            default:
                if (before is Fault.Refused or Fault.ConnectHangs)
                {
                    port.Open();
                }

                break;
        }

        EndEpisode();
        if (fault.IsOfConnections())
        {
            ResetAll();
        }
    }

    /// <summary>One site.</summary>
    public void Set(PlatformSite site, Fault fault)
    {
        byHost[site.Host] = fault;
        EndEpisode();
    }

    /// <summary>One path of a site.</summary>
    public void Set(PlatformSite site, string path, Fault fault) => byPath[site.Host + path] = fault;

    public async ValueTask DisposeAsync()
    {
        port.Dispose();
        EndEpisode();
        var serving = open.Values.ToArray();
        ResetAll();
        await Task.WhenAll(serving);
        episode.Dispose();
        trusted?.Dispose();
        untrusted?.Dispose();
    }

    private void EndEpisode()
    {
        // Not disposed: who is under way still holds its token.
        var ended = Interlocked.Exchange(ref episode, new CancellationTokenSource());
        ended.Cancel();
    }

    private void ResetAll()
    {
        foreach (var socket in open.Keys)
        {
            PlatformConnection.Reset(socket);
        }
    }

    private Fault FaultOf(PlatformRequest request) =>
        byPath.TryGetValue(request.Host + request.Path, out var fault) || (byHost.TryGetValue(request.Host, out fault) && fault != Fault.None) ? fault : all;

    private async Task ServeAsync(Socket socket, CancellationToken hanging)
    {
        var before = all;
        try
        {
            if (before == Fault.ResetAtAccept)
            {
                PlatformConnection.Reset(socket);
                return;
            }

            await using Stream plain = new NetworkStream(socket, ownsSocket: false);
            if (trusted is null)
            {
                await ServeAsync(socket, plain);
                return;
            }

            if (before == Fault.ResetInHandshake)
            {
                await plain.ReadExactlyAsync(new byte[1], hanging);
                PlatformConnection.Reset(socket);
                return;
            }

            await using var tls = new SslStream(plain);
            await tls.AuthenticateAsServerAsync(before == Fault.UntrustedCertificate ? untrusted! : trusted);
            await ServeAsync(socket, tls);
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            // The edge has closed it, the fault is over, or the test is.
            PlatformConnection.Reset(socket);
        }
        finally
        {
            open.TryRemove(socket, out _);
            socket.Dispose();
        }
    }

    private async Task ServeAsync(Socket socket, Stream stream)
    {
        var reader = new RequestReader(stream, CancellationToken.None);
        for (var count = 1; await reader.ReadHeadAsync() is var (request, length); count++)
        {
            Arrivals.Add(request);
            await reader.SkipBodyAsync(length);
            var connection = new PlatformConnection(socket, stream, reader, episode.Token);
            if (!await connection.AnswerAsync(FaultOf(request), request, sites.GetValueOrDefault(request.Host), isFirst: count == 1))
            {
                return;
            }
        }
    }
}

using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using EdgeHost.Tests.Tls;
using EdgeHost.Tls;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Tests.FrontDoor;

public sealed class TlsTests : IDisposable
{
    private const string OtherHost = "www.orion.example";

    private static readonly TestAuthority Authority = new();

    private readonly Scratch certificates = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => certificates.Dispose();

    [Fact(Timeout = 30_000)]
    public async Task Each_host_gets_its_own_certificate_with_the_whole_chain_and_nobody_elses()
    {
        var (nova, wild) = (Authority.Issue(Some.Host), Authority.IssueRsa("*.nova.example"));
        nova.WriteTo(certificates.Path, "nova");
        wild.WriteTo(certificates.Path, "wild");
        await using var bench = await StartAsync();

        await using (var visitor = await TlsClient.OpenAsync(bench.TlsPort, "WWW.nova.example"))
        {
            Assert.Equal(nova.Fingerprint, visitor.Fingerprint);
            Assert.Equal(["CN=not-a-name-1.example", "CN=Test Intermediate"], visitor.Sent);
            Assert.Equal(SslProtocols.Tls13, visitor.Stream.SslProtocol);
            Assert.Contains("EdgeHost-Decision: live", await visitor.GetAsync(Some.Host), StringComparison.Ordinal);
        }

        await using (var visitor = await TlsClient.OpenAsync(bench.TlsPort, "shop.nova.example"))
        {
            Assert.Equal((wild.Fingerprint, "CN=rsa, CN=Test Intermediate"), (visitor.Fingerprint, string.Join(", ", visitor.Sent)));
        }

        foreach (var stranger in new[] { "nova.example", "a.shop.nova.example", "www.orion.example", null })
        {
            var refused = await Assert.ThrowsAsync<AuthenticationException>(() => TlsClient.OpenAsync(bench.TlsPort, stranger));
            Assert.Contains("unrecognized name", refused.ToString(), StringComparison.OrdinalIgnoreCase);
        }

        Assert.Equal(4, bench.Services.GetRequiredService<CertificateState>().Refused);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_renewed_certificate_is_shown_without_a_restart_and_an_open_connection_goes_on()
    {
        var (first, second) = (Authority.Issue(Some.Host), Authority.Issue(Some.Host));
        first.WriteTo(certificates["nova"], "tls");
        await using var bench = await StartAsync();
        await using var before = await TlsClient.OpenAsync(bench.TlsPort, Some.Host);

        second.WriteTo(certificates["nova"], "tls");
        bench.Services.GetRequiredService<CertificateState>().Look();

        await using var after = await TlsClient.OpenAsync(bench.TlsPort, Some.Host);
        Assert.Equal((first.Fingerprint, second.Fingerprint), (before.Fingerprint, after.Fingerprint));
        Assert.StartsWith("HTTP/1.1 200", await before.GetAsync(Some.Host), StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task Only_modern_versions_and_suites_are_spoken()
    {
        Authority.Issue(Some.Host).WriteTo(certificates.Path, "nova");
        await using var bench = await StartAsync();

        await using (var old = await TlsClient.OpenAsync(bench.TlsPort, Some.Host, SslProtocols.Tls12))
        {
            Assert.Equal(SslProtocols.Tls12, old.Stream.SslProtocol);
            Assert.StartsWith("HTTP/1.1 200", await old.GetAsync(Some.Host), StringComparison.Ordinal);
        }

        await Assert.ThrowsAsync<AuthenticationException>(() => TlsClient.OpenAsync(bench.TlsPort, Some.Host, SslProtocols.Tls12, change: options =>
            options.CipherSuitesPolicy = OperatingSystem.IsLinux() ? new CipherSuitesPolicy([TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256]) : null));

        // OpenSSL's clients don't speak it any more at their usual level, so it is a hello by hand.
        Assert.Equal([21, 3, 2, 0, 2, 2, 70], (await AnswerToAsync(bench.TlsPort, TlsHello.Of(0x0302, Some.Host)))[..7]);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_older_version_is_refused_where_only_the_newest_is_wanted()
    {
        Authority.Issue(Some.Host).WriteTo(certificates.Path, "nova");
        await using var bench = await StartAsync(("Tls:MinimumVersion", "Tls13"));

        await Assert.ThrowsAsync<AuthenticationException>(() => TlsClient.OpenAsync(bench.TlsPort, Some.Host, SslProtocols.Tls12));
        await using var visitor = await TlsClient.OpenAsync(bench.TlsPort, Some.Host);
        Assert.Equal(SslProtocols.Tls13, visitor.Stream.SslProtocol);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_session_is_resumed()
    {
        Authority.Issue(Some.Host).WriteTo(certificates.Path, "nova");
        await using var bench = await StartAsync();

        // The framework does not say whether it was; OpenSSL's own client does.
        var session = certificates["session"];
        Assert.Contains("New, TLSv1.3", await OpenSslAsync(bench.TlsPort, "-sess_out", session), StringComparison.Ordinal);
        Assert.Contains("Reused, TLSv1.3", await OpenSslAsync(bench.TlsPort, "-sess_in", session), StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_hello_in_pieces_is_waited_for()
    {
        Authority.Issue(Some.Host).WriteTo(certificates.Path, "nova");
        await using var bench = await StartAsync();
        var hello = TlsHello.Of(0x0303, Some.Host);
        using var tcp = new TcpClient { NoDelay = true };
        await tcp.ConnectAsync("127.0.0.1", bench.TlsPort, Cancel);
        foreach (var piece in hello.Chunk(3))
        {
            await tcp.GetStream().WriteAsync(piece, Cancel);
        }

        // No suite in common; what counts is that it was read to its end.
        var answer = new byte[7];
        await tcp.GetStream().ReadExactlyAsync(answer, Cancel);
        Assert.Equal([21, 3, 3, 0, 2, 2, 40], answer);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_client_that_says_nothing_is_not_waited_for()
    {
        Authority.Issue(Some.Host).WriteTo(certificates.Path, "nova");
        await using var bench = await StartAsync(("Tls:HandshakeTimeout", "00:00:01"));

        Assert.Empty(await AnswerToAsync(bench.TlsPort, []));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_connection_outlives_the_time_for_its_handshake()
    {
        Authority.Issue(Some.Host).WriteTo(certificates.Path, "nova");
        await using var bench = await StartAsync(("Tls:HandshakeTimeout", "00:00:01"));
        await using var visitor = await TlsClient.OpenAsync(bench.TlsPort, Some.Host);

        // Came later, and its time is over.
        Assert.Empty(await AnswerToAsync(bench.TlsPort, []));

        Assert.StartsWith("HTTP/1.1 200", await visitor.GetAsync(Some.Host), StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_request_for_another_host_than_the_connection_was_made_for_is_misdirected()
    {
        Authority.Issue(Some.Host, OtherHost).WriteTo(certificates.Path, "both");
        await using var bench = await StartAsync();

        foreach (var (host, status) in new[] { (Some.Host, 200), ("WWW.Nova.Example", 200), ($"{Some.Host}.:{bench.TlsPort}", 200), (OtherHost, 421), ($"{OtherHost}:443", 421), ("stranger.example", 421) })
        {
            await using var visitor = await TlsClient.OpenAsync(bench.TlsPort, Some.Host);
            var answer = await visitor.GetAsync(host);
            Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
            if (status == 421)
            {
                Assert.Contains($"EdgeHost-Decision: refused; reason={(host[0] == 's' ? "unknown-host" : "misdirected")}\r\n", answer, StringComparison.Ordinal);
            }
        }

        Assert.All(bench.Origin.Visits, visit => Assert.DoesNotContain(OtherHost, visit.Head, StringComparison.Ordinal));
        // Without TLS nothing was promised.
        Assert.Equal(200, (await bench.SendAsync($"GET / HTTP/1.1\r\nHost: {OtherHost}\r\n\r\n")).Status);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_browser_that_reuses_a_connection_for_another_site_is_told_to_make_one()
    {
        Authority.Issue(Some.Host, OtherHost).WriteTo(certificates.Path, "both");
        await using var bench = await StartAsync();
        await using var visitor = await TlsClient.OpenAsync(bench.TlsPort, Some.Host, protocol: SslApplicationProtocol.Http2);
        Assert.Equal(SslApplicationProtocol.Http2, visitor.Stream.NegotiatedApplicationProtocol);
        var connection = new H2Connection(visitor.Stream);
        await connection.BeginAsync();

        Assert.Equal("live", (await connection.GetAsync(Some.Host)).Body);
        var (headers, body) = await connection.GetAsync(OtherHost);
        Assert.Contains("421", headers, StringComparison.Ordinal);
        Assert.Contains("refused; reason=misdirected", headers, StringComparison.Ordinal);
        Assert.Equal("This TLS connection was made for another host.\n", body);
        Assert.Equal("live", (await connection.GetAsync($"{Some.Host}:{bench.TlsPort}")).Body);

        await using var own = await TlsClient.OpenAsync(bench.TlsPort, OtherHost, protocol: SslApplicationProtocol.Http2);
        var retry = new H2Connection(own.Stream);
        await retry.BeginAsync();
        Assert.Equal("live", (await retry.GetAsync(OtherHost)).Body);
    }

    [Fact(Timeout = 30_000)]
    public async Task Who_sends_no_name_gets_the_default_certificate_and_the_hosts_that_it_covers()
    {
        var (own, other) = (Authority.Issue(Some.Host), Authority.Issue(OtherHost));
        own.WriteTo(certificates.Path, "nova");
        other.WriteTo(certificates.Path, "orion");
        await using var bench = await StartAsync(("Tls:DefaultCertificate", "nova"));

        foreach (var (name, host, status) in new[] { (null, Some.Host, 200), (null, OtherHost, 421), ("stranger.example", OtherHost, 421), ("stranger.example", "stranger.example", 421) })
        {
            await using var visitor = await TlsClient.OpenAsync(bench.TlsPort, name);
            Assert.Equal(own.Fingerprint, visitor.Fingerprint);
            Assert.StartsWith($"HTTP/1.1 {status} ", await visitor.GetAsync(host), StringComparison.Ordinal);
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task A_trusted_proxy_may_send_many_hosts_through_one_connection()
    {
        Authority.Issue(Some.Host, OtherHost).WriteTo(certificates.Path, "both");
        await using var bench = await StartAsync(("TrustedProxies:0", "127.0.0.1"));
        await using var proxy = await TlsClient.OpenAsync(bench.TlsPort, Some.Host);

        Assert.StartsWith("HTTP/1.1 200 ", await proxy.GetAsync(OtherHost), StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_name_with_other_letters_is_itself_on_the_wire()
    {
        const string Host = "xn--mnchen-3ya.example";
        var own = Authority.Issue(Host);
        own.WriteTo(certificates.Path, "own");
        await using var bench = await StartAsync(("Sites:nova:Hosts:1", Host));

        foreach (var host in new[] { Host, $"{Host}:{bench.TlsPort}" })
        {
            await using var visitor = await TlsClient.OpenAsync(bench.TlsPort, Host);
            Assert.Equal(own.Fingerprint, visitor.Fingerprint);
            Assert.StartsWith("HTTP/1.1 200 ", await visitor.GetAsync(host), StringComparison.Ordinal);
        }

        await using var misdirected = await TlsClient.OpenAsync(bench.TlsPort, Host);
        Assert.StartsWith("HTTP/1.1 421 ", await misdirected.GetAsync(Some.Host), StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_platform_is_told_that_the_visitor_came_by_https()
    {
        Authority.Issue(Some.Host).WriteTo(certificates.Path, "nova");
        await using var bench = await StartAsync();
        await using var visitor = await TlsClient.OpenAsync(bench.TlsPort, Some.Host);
        await visitor.GetAsync(Some.Host, "/by-https");
        await bench.GetAsync("/by-http");

        Assert.Contains("X-Forwarded-Proto: https\r\n", bench.Origin.Visits.Single(visit => visit.Head.Contains("/by-https", StringComparison.Ordinal)).Head, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("X-Forwarded-Proto: http\r\n", bench.Origin.Visits.Single(visit => visit.Head.Contains("/by-http ", StringComparison.Ordinal)).Head, StringComparison.OrdinalIgnoreCase);
    }

    [Fact(Timeout = 30_000)]
    public async Task What_ends_soon_or_is_broken_is_listed_and_warned_of()
    {
        var now = TimeProvider.System.GetUtcNow();
        Authority.Issue("good.example").WriteTo(certificates.Path, "good");
        Authority.Issue(now.AddDays(-80), now.AddDays(10), Some.Host).WriteTo(certificates.Path, "soon");
        Authority.Issue("broken.example").WriteTo(certificates.Path, "broken");
        await File.WriteAllTextAsync(certificates["broken.key"], Authority.Issue("broken.example").Key, Cancel);
        await File.WriteAllTextAsync(certificates["ca.crt"], Authority.RootPem, Cancel);
        await using var bench = await StartAsync();

        using var answer = JsonDocument.Parse(await bench.Management.GetStringAsync("/api/v1/certificates", Cancel));
        Assert.Equal(
            ["broken broken False", "soon expiring True", "good good True"],
            answer.RootElement.GetProperty("certificates").EnumerateArray().Select(one => $"{one.GetProperty("name")} {one.GetProperty("state")} {one.GetProperty("inUse")}"));
        Assert.Equal([600, 601, 602], bench.Log.Events.Select(one => one.Id).Where(id => id / 100 == 6));

        Assert.Equal(
            [("soon", now.AddDays(10).ToUnixTimeSeconds()), ("good", new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds())],
            SignalTests.Measure(bench, "edgehost.certificate.expiry").Select(one => (one["edgehost.certificate"], long.Parse(one["value"], provider: null))));

        var (code, _, error) = await CommandLine.RunAsync(bench, "status");
        Assert.Equal(0, code);
        Assert.Contains("warning: the certificate broken can't be used: broken.key holds no key that belongs to broken.crt", error, StringComparison.Ordinal);
        Assert.Contains($"warning: the certificate soon of {Some.Host} is expiring: valid until ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("certificate good", error, StringComparison.Ordinal);
    }

    private static async Task<string> OpenSslAsync(int port, params string[] options)
    {
        using var client = Process.Start(new ProcessStartInfo("openssl", ["s_client", "-connect", $"127.0.0.1:{port}", "-servername", Some.Host, .. options])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        // Until the server ends the connection: the ticket comes after the handshake.
        await client.StandardInput.WriteAsync($"GET / HTTP/1.1\r\nHost: {Some.Host}\r\nConnection: close\r\n\r\n");
        await client.StandardInput.FlushAsync(Cancel);
        _ = client.StandardError.ReadToEndAsync(Cancel);
        var output = await client.StandardOutput.ReadToEndAsync(Cancel);
        await client.WaitForExitAsync(Cancel);
        return output;
    }

    // The first bytes that come, or none when the connection ends.
    private static async Task<byte[]> AnswerToAsync(int port, byte[] sent)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync("127.0.0.1", port, Cancel);
        await tcp.GetStream().WriteAsync(sent, Cancel);
        var buffer = new byte[1024];
        return buffer[..await tcp.GetStream().ReadAtLeastAsync(buffer, 7, throwOnEndOfStream: false, Cancel)];
    }

    private Task<Bench> StartAsync(params (string Key, string Value)[] changes) => Bench.StartAsync(
    [
        ("Tls:Url", "https://127.0.0.1:0"), ("Tls:CertificateDirectory", certificates.Path), ("Tls:ReloadInterval", "01:00:00"),
        ("Sites:orion:Hosts:0", OtherHost), ("Sites:orion:Origin", "platform"), .. changes,
    ]);
}

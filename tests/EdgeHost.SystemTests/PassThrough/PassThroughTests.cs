using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using EdgeHost.SystemTests.Edges;
using EdgeHost.SystemTests.Origins;

namespace EdgeHost.SystemTests.PassThrough;

/// <summary>What a live site does besides pages: nothing of it is held back, repeated or changed on the way.</summary>
public sealed class PassThroughTests : IAsyncLifetime
{
    private const string Host = "shop.example";

    private readonly Scratch scratch = new();
    private readonly KestrelOrigin platform = new();
    private EdgeProcess? edge;

    [Fact]
    public async Task Passes_a_WebSocket_in_both_directions()
    {
        var cancel = TestContext.Current.CancellationToken;
        await StartAsync(platform.Port);
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Host", Host);
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{edge!.Config.PublicPort}/echo"), cancel);

        foreach (var length in new[] { 1, 125, 126, 70_000 })
        {
            var sent = Encoding.ASCII.GetBytes(new string('x', length));
            await socket.SendAsync(sent, WebSocketMessageType.Text, endOfMessage: true, cancel);
            Assert.Equal(sent, await ReceiveAsync(socket, cancel));
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", cancel);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
    }

    [Fact]
    public async Task Passes_a_slow_body_piece_by_piece()
    {
        var cancel = TestContext.Current.CancellationToken;
        await StartAsync(platform.Port);
        using var connection = await AskForSlowAsync("zero", cancel);

        // The origin sends the next piece only when the one before has arrived here, so nothing may gather on the way.
        foreach (var piece in new[] { "one", "two", "three" })
        {
            var began = Stopwatch.GetTimestamp();
            platform.SendPiece(piece);
            var text = "";
            while (!text.Contains(piece, StringComparison.Ordinal))
            {
                text += await connection.ReadSomeAsync(cancel);
            }

            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(2), $"'{piece}' took {Stopwatch.GetElapsedTime(began)}");
        }

        platform.EndPieces();
    }

    [Fact]
    public async Task Ends_after_the_requests_that_are_under_way()
    {
        var cancel = TestContext.Current.CancellationToken;
        await StartAsync(platform.Port);
        using var connection = await AskForSlowAsync("before", cancel);

        var ending = edge!.StopAsync(cancel);
        await Wait.UntilAsync("nobody is let in any more", TimeSpan.FromSeconds(10), () => Ports.RefusesAsync(edge.Config.PublicPort, cancel), cancel);
        // Longer than a program has by default that is told to end.
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, cancel);
        platform.SendPiece("after");
        platform.EndPieces();

        var text = "";
        while (!text.Contains("\r\n0\r\n", StringComparison.Ordinal))
        {
            text += await connection.ReadSomeAsync(cancel);
        }

        Assert.Contains("after", text, StringComparison.Ordinal);
        Assert.Equal(0, (await ending).ExitCode);
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Ends_well_though_a_WebSocket_stays()
    {
        var cancel = TestContext.Current.CancellationToken;
        await StartAsync(platform.Port);
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Host", Host);
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{edge!.Config.PublicPort}/echo"), cancel);

        // It has twenty seconds; then it is aborted, and what the edge holds is still written.
        var ended = await edge.StopAsync(cancel);

        Assert.Equal(0, ended.ExitCode);
        await Assert.ThrowsAnyAsync<WebSocketException>(() => ReceiveAsync(socket, cancel));
    }

    [Fact]
    public async Task Passes_a_gigabyte_in_the_memory_that_a_page_takes()
    {
        const long Allowed = 64L * 1024 * 1024;
        var cancel = TestContext.Current.CancellationToken;
        await StartAsync(platform.Port);
        await AskAsync("GET", "/");
        var before = edge!.ResidentBytes;
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{edge.Config.PublicPort}/big");
        request.Headers.Host = Host;
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        await using var body = await response.Content.ReadAsStreamAsync(cancel);
        var buffer = new byte[256 * 1024];
        var (received, most, sampledAt) = (0L, before, 0L);
        int read;
        while ((read = await body.ReadAsync(buffer, cancel)) > 0)
        {
            received += read;
            if (received - sampledAt > 32 * 1024 * 1024)
            {
                (most, sampledAt) = (Math.Max(most, edge.ResidentBytes), received);
            }
        }

        TestContext.Current.SendDiagnosticMessage($"1 GiB passed; resident {before >> 20} MiB before, {most >> 20} MiB at most");
        Assert.Equal(KestrelOrigin.BigLength, received);
        Assert.InRange(most - before, long.MinValue, Allowed);
    }

    [Fact]
    public async Task Passes_an_upload_as_it_comes()
    {
        var cancel = TestContext.Current.CancellationToken;
        await StartAsync(platform.Port);
        using var connection = await RawConnection.OpenAsync(edge!.Config.PublicPort, cancel);
        await connection.SendAsync($"POST /count HTTP/1.1\r\nHost: {Host}\r\nTransfer-Encoding: chunked\r\n\r\n", cancel);
        var block = new string('u', 65_536);
        for (var i = 0; i < 64; i++)
        {
            await connection.SendAsync($"10000\r\n{block}\r\n", cancel);
            if (i == 0)
            {
                await Wait.UntilAsync("the first block is at the origin before the last is sent", TimeSpan.FromSeconds(5), () => platform.BytesUploaded >= 65_536, cancel);
            }
        }

        await connection.SendAsync("0\r\n\r\n", cancel);
        var answer = await connection.ReadResponseAsync(cancel);

        Assert.Equal((200, "4194304"), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task Passes_statuses_headers_and_methods_as_they_are()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var origin = new RawOrigin
        {
            Answer = request => request.Target switch
            {
                "/moved" => "HTTP/1.1 302 Found\r\nLocation: http://elsewhere.example/\u00fc\r\nSet-Cookie: a=1; Path=/\r\nSet-Cookie: b=2\r\nX-Odd: \u00e4\u00f6\r\nContent-Length: 0\r\n\r\n"u8.ToArray(),
                "/teapot" => "HTTP/1.1 418 I'm a teapot\r\nContent-Length: 4\r\nETag: W/\"x\"\r\n\r\nteap"u8.ToArray(),
                "/none" => "HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray(),
                "/nominated" => "HTTP/1.1 200 OK\r\nConnection: X-Hop\r\nX-Hop: h\r\nEdgeHost-Decision: forged\r\nContent-Length: 0\r\n\r\n"u8.ToArray(),
                _ => RawOrigin.Ok(request.Method),
            },
        };
        await StartAsync(origin.Port);

        var moved = await AskAsync("GET", "/moved");
        Assert.Equal(302, moved.Status);
        Assert.Equal(2, moved.Headers.Count(header => header.Name == "Set-Cookie"));
        Assert.Equal("http://elsewhere.example/\u00c3\u00bc", moved["Location"]);    // the same bytes, read here as Latin-1
        var teapot = await AskAsync("GET", "/teapot");
        Assert.Equal((418, "teap", "W/\"x\""), (teapot.Status, teapot.Text, teapot["ETag"]));
        Assert.Equal(204, (await AskAsync("GET", "/none")).Status);
        var nominated = await AskAsync("GET", "/nominated");
        Assert.Null(nominated["X-Hop"]);
        Assert.Equal("live", nominated.DecisionKind);
        foreach (var method in new[] { "GET", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND" })
        {
            Assert.Equal(method, (await AskAsync(method, "/method")).Text);
        }
    }

    [Theory]
    [InlineData("Content-Length: 5\r\n\r\nhello")]
    [InlineData("Content-Length: 0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("\r\n")]
    public async Task Sends_a_POST_exactly_once_when_the_origin_closes_kept_connections(string rest)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var origin = new RawOrigin();
        // Keeps the connection after a GET, and hangs up on whatever comes on it next: what a server does whose keep-alive time ends at that moment.
        origin.Answer = request => request.Method == "GET" ? RawOrigin.Ok("kept") : null;
        await StartAsync(origin.Port);

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(200, (await AskAsync("GET", "/warm")).Status);
            origin.Forget();

            using var connection = await RawConnection.OpenAsync(edge!.Config.PublicPort, cancel);
            await connection.SendAsync($"POST /order HTTP/1.1\r\nHost: {Host}\r\n{rest}", cancel);
            var answer = await connection.ReadResponseAsync(cancel);

            Assert.Equal(503, answer.Status);
            Assert.Equal("unavailable", answer.DecisionKind);
            Assert.NotNull(answer["Retry-After"]);
            Assert.Single(origin.Requests);
            await edge.UntilDecidedAsync("live", "/warm", Host, TimeSpan.FromSeconds(10), cancel);
        }
    }

    public ValueTask InitializeAsync() => new(platform.StartAsync());

    public async ValueTask DisposeAsync()
    {
        if (edge is not null)
        {
            await edge.DisposeAsync();
        }

        await platform.DisposeAsync();
        scratch.Dispose();
    }

    // The head has arrived, and the first piece of the body is on its way.
    private async Task<RawConnection> AskForSlowAsync(string first, CancellationToken cancellationToken)
    {
        var connection = await RawConnection.OpenAsync(edge!.Config.PublicPort, cancellationToken);
        await connection.SendAsync($"GET /slow HTTP/1.1\r\nHost: {Host}\r\n\r\n", cancellationToken);
        platform.SendPiece(first);
        Assert.Equal(200, (await connection.ReadHeadAsync(cancellationToken)).Status);
        return connection;
    }

    private async Task StartAsync(int originPort) =>
        edge = await EdgeProcess.StartAsync(new EdgeConfig(scratch["edge"], scratch["store"], originPort, "shop").Set("Origins:platform:ProbeInterval", "00:05:00"), TestContext.Current.CancellationToken);

    private async Task<RawResponse> AskAsync(string method, string target)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var connection = await RawConnection.OpenAsync(edge!.Config.PublicPort, cancel);
        await connection.SendAsync($"{method} {target} HTTP/1.1\r\nHost: {Host}\r\n\r\n", cancel);
        return await connection.ReadResponseAsync(cancel);
    }

    private static async Task<byte[]> ReceiveAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        using var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);

        return message.ToArray();
    }
}

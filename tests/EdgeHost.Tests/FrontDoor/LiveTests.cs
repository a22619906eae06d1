namespace EdgeHost.Tests.FrontDoor;

public sealed class LiveTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 30_000)]
    public async Task Passes_status_headers_and_bytes_through()
    {
        await using var bench = await Bench.StartAsync();
        bench.Origin.Answer = Answers.Text("short and stout\n", 418, "X-Teapot: caf\xe9\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nETag: \"t\"\r\n", "text/x-tea");

        var response = await bench.GetAsync("/about");

        Assert.Equal(418, response.Status);
        Assert.Equal("short and stout\n", response.Text);
        Assert.Equal("caf\xe9", response["X-Teapot"]);
        Assert.Equal("a=1 | b=2", response["Set-Cookie"]);
        Assert.Equal("\"t\"", response["ETag"]);
        Assert.Equal("text/x-tea", response["Content-Type"]);
        Assert.Equal("live; reason=origin-usable", response.Decision);
        Assert.Null(response["Cache-Status"]);
        Assert.Null(response["Server"]);
    }

    [Fact(Timeout = 30_000)]
    public async Task Sends_the_origin_the_request_as_it_came()
    {
        await using var bench = await Bench.StartAsync();
        bench.Origin.Answer = Answers.Echo;

        await bench.SendAsync("PUT /a/b%2Fc;v=1/%E4%B8%AD?q=%zz&r=a+b&r=%2f&&= HTTP/1.1\r\nHost: WWW.Nova.example.:8080\r\nAccept: text/html\r\nCookie: a=1; b=2\r\nX-Latin: caf\xe9\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\nbody");

        var request = Assert.Single(bench.Origin.Visits);
        Assert.Equal("PUT /a/b%2Fc;v=1/%E4%B8%AD?q=%zz&r=a+b&r=%2f&&= HTTP/1.1", request.Head.Split("\r\n")[0]);
        Assert.Equal("body", request.Body);
        Assert.Equal("WWW.Nova.example.:8080", request["Host"]);
        Assert.Equal("text/html", request["Accept"]);
        Assert.Equal("a=1; b=2", request["Cookie"]);
        Assert.Equal("caf\xe9", request["X-Latin"]);
        Assert.Equal("text/plain", request["Content-Type"]);
        Assert.Equal("edgehost", request["CDN-Loop"]);
        Assert.Null(request["traceparent"]);
        Assert.Null(request["Accept-Encoding"]);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("/%7Enova/%41", "/~nova/A")]
    [InlineData("/a%2fb", "/a%2Fb")]
    [InlineData("/a//b/", "/a//b/")]
    [InlineData("/?", "/?")]
    [InlineData("/a b", null)]
    [InlineData("/..%2fetc", null)]
    [InlineData("/%00", null)]
    public async Task Sends_the_canonical_path_that_it_decided_about(string sent, string? received)
    {
        await using var bench = await Bench.StartAsync();

        var response = await bench.GetAsync(sent);

        Assert.Equal(received, bench.Origin.Visits.SingleOrDefault()?.Target);
        Assert.Equal(received is null ? 400 : 200, response.Status);
    }

    [Fact(Timeout = 30_000)]
    public async Task Says_who_the_client_is_and_not_what_the_client_says()
    {
        await using var bench = await Bench.StartAsync();

        await bench.GetAsync(
            "/", "X-Forwarded-For: 6.6.6.6", "X-Forwarded-Proto: https", "X-Forwarded-Host: evil.example", "X_Forwarded_For: 6.6.6.6", "Forwarded: for=6.6.6.6", "X-Real-IP: 6.6.6.6",
            "X-Original-URL: /admin", "X-HTTP-Method-Override: DELETE", "Proxy: http://evil.example", "True-Client-IP: 6.6.6.6");

        var request = Assert.Single(bench.Origin.Visits);
        Assert.Equal("127.0.0.1", request["X-Forwarded-For"]);
        Assert.Equal("http", request["X-Forwarded-Proto"]);
        Assert.Equal(Some.Host, request["X-Forwarded-Host"]);
        Assert.DoesNotContain("6.6.6.6", request.Head, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", request.Head, StringComparison.Ordinal);
        Assert.Null(request["X-Original-URL"]);
        Assert.Null(request["X-HTTP-Method-Override"]);
    }

    [Fact(Timeout = 30_000)]
    public async Task Believes_a_trusted_proxy()
    {
        await using var bench = await Bench.StartAsync(("TrustedProxies:0", "127.0.0.0/8"));

        await bench.GetAsync("/", "X-Forwarded-For: 6.6.6.6, 203.0.113.9", "X-Forwarded-Proto: https");

        var request = Assert.Single(bench.Origin.Visits);
        Assert.Equal("6.6.6.6, 203.0.113.9, 127.0.0.1", request["X-Forwarded-For"]);
        Assert.Equal("https", request["X-Forwarded-Proto"]);
    }

    [Fact(Timeout = 30_000)]
    public async Task Removes_what_Connection_nominates_and_nothing_that_is_its_own()
    {
        await using var bench = await Bench.StartAsync();

        await bench.GetAsync("/", "Connection: X-Secret, x-other, close", "X-Secret: 1", "X-Other: 2", "X-Kept: 3", "Keep-Alive: timeout=5", "TE: trailers");
        await bench.GetAsync("/", "Connection: X-Forwarded-For, CDN-Loop, Host");

        var (first, second) = (bench.Origin.Visits[0], bench.Origin.Visits[1]);
        Assert.Null(first["X-Secret"]);
        Assert.Null(first["X-Other"]);
        Assert.Null(first["Keep-Alive"]);
        Assert.Equal("3", first["X-Kept"]);
        Assert.Equal("127.0.0.1", second["X-Forwarded-For"]);
        Assert.Equal("edgehost", second["CDN-Loop"]);
        Assert.Equal(Some.Host, second["Host"]);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("Content-Type")]
    [InlineData("Content-Length")]
    [InlineData("Last-Modified, Allow, Expires")]
    [InlineData("Set-Cookie, ETag, Server")]
    [InlineData(",,; ,@")]
    public async Task A_client_that_nominates_odd_headers_harms_nobody(string nominated)
    {
        await using var bench = await Bench.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            var response = await bench.GetAsync("/", $"Connection: {nominated}", "Content-Type: text/plain");
            Assert.Equal("live; reason=origin-usable", response.Decision);
        }

        Assert.Equal(5, bench.Origin.Visits.Count);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("Content-Type")]
    [InlineData("Content-Length")]
    [InlineData("Connection, X-Hop")]
    [InlineData("@, X-Hop")]
    public async Task An_origin_that_nominates_odd_headers_is_answered_live(string nominated)
    {
        await using var bench = await Bench.StartAsync();
        bench.Origin.Answer = Answers.Text("live", headers: $"Connection: {nominated}\r\nX-Hop: 1\r\n");

        var response = await bench.GetAsync("/");

        Assert.Equal("live; reason=origin-usable", response.Decision);
        Assert.Equal("live", response.Text);
        Assert.True(response["X-Hop"] is null || !nominated.Contains("X-Hop", StringComparison.Ordinal));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("-.nova.example")]
    [InlineData("-a-.nova.example")]
    [InlineData("_.nova.example")]
    [InlineData("a_b.nova.example")]
    [InlineData("xn--.nova.example")]
    [InlineData("xn--a.nova.example")]
    [InlineData("xn--zzzzzzzzz.nova.example")]
    [InlineData("0.nova.example")]
    [InlineData("0x1.nova.example:80")]
    [InlineData("A.Nova.Example.")]
    public async Task Odd_labels_below_a_wildcard_harm_nobody(string host)
    {
        await using var bench = await Bench.StartAsync(("Sites:nova:Hosts:1", "*.nova.example"));
        for (var i = 0; i < 4; i++)
        {
            var response = await bench.SendAsync($"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
            Assert.Equal("live; reason=origin-usable", response.Decision);
        }

        Assert.All(bench.Origin.Visits, request => Assert.Equal(host, request["Host"]));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_request_body_streams_to_the_origin_while_it_is_sent()
    {
        await using var bench = await Bench.StartAsync();
        bench.Origin.Answer = Answers.Echo;
        using var client = await RawConnection.OpenAsync(bench.Port, Cancel);

        await client.SendAsync(Bench.Request("POST", "/upload", "Transfer-Encoding: chunked") + Answers.Chunk(new string('1', 64 * 1024)), Cancel);
        await Wait.UntilAsync("some of the first part is at the origin", () => bench.Origin.Received.Contains("11111", StringComparison.Ordinal));
        await client.SendAsync(Answers.Chunk("second") + "0\r\n\r\n", Cancel);

        var response = await client.ReadResponseAsync(Cancel);
        Assert.Contains("second", response.Text, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_response_body_streams_to_the_client_while_it_is_sent()
    {
        await using var bench = await Bench.StartAsync();
        var more = new TaskCompletionSource();
        bench.Origin.Answer = async exchange =>
        {
            await exchange.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n" + Answers.Chunk("data: 1\n\n"));
            await more.Task;
            await exchange.SendAsync(Answers.Chunk("data: 2\n\n") + "0\r\n\r\n");
        };
        using var client = await RawConnection.OpenAsync(bench.Port, Cancel);
        await client.SendAsync(Bench.Request("GET", "/events"), Cancel);

        var head = await client.ReadHeadAsync(Cancel);
        var text = "";
        while (!text.Contains("data: 1", StringComparison.Ordinal))
        {
            text += await client.ReadSomeAsync(Cancel);
        }

        more.SetResult();
        while (!text.EndsWith("0\r\n\r\n", StringComparison.Ordinal))
        {
            text += await client.ReadSomeAsync(Cancel);
        }

        Assert.Equal(200, head.Status);
        Assert.Contains("data: 2", text, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_WebSocket_goes_both_ways()
    {
        await using var bench = await Bench.StartAsync();
        bench.Origin.Answer = async exchange =>
        {
            await exchange.SendAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n");
            while (await exchange.ReceiveAsync() is { Length: > 0 } text)
            {
                await exchange.SendAsync(text.ToUpperInvariant());
            }
        };
        using var client = await RawConnection.OpenAsync(bench.Port, Cancel);
        await client.SendAsync(Bench.Request("GET", "/socket", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="), Cancel);
        var head = await client.ReadHeadAsync(Cancel);
        var echoed = "";
        foreach (var text in new[] { "one", "two", "three" })
        {
            await client.SendAsync(text, Cancel);
            echoed += await client.ReadSomeAsync(Cancel);
        }

        Assert.Equal(101, head.Status);
        Assert.Equal("websocket", head["Upgrade"]);
        Assert.Equal("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", head["Sec-WebSocket-Accept"]);
        Assert.Equal("ONETWOTHREE", echoed);
        Assert.Equal("websocket", bench.Origin.Visits[0]["Upgrade"]);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_WebSocket_that_falls_silent_is_no_fault_of_the_origins()
    {
        await using var bench = await Bench.StartAsync(("Live:ActivityTimeout", "00:00:01"), ("Origins:platform:Fall", "1"));
        bench.Origin.Answer = async exchange =>
        {
            await exchange.SendAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
            await Answers.Silence(exchange);
        };
        using var client = await RawConnection.OpenAsync(bench.Port, Cancel);
        // At a page that the snapshot holds: nothing else is evidence about a site.
        await client.SendAsync(Bench.Request("GET", "/", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="), Cancel);
        Assert.Equal(101, (await client.ReadHeadAsync(Cancel)).Status);

        Assert.True(await client.EndsAsync(Cancel));

        AssertNothingCounted(bench);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_upload_that_the_origin_refuses_midway_is_no_fault_of_the_sites()
    {
        await using var bench = await Bench.StartAsync(("Origins:platform:Fall", "1"));
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        bench.Set("Origins:platform:Address", $"http://127.0.0.1:{((System.Net.IPEndPoint)listener.LocalEndpoint).Port}").WriteConfig();
        await Wait.UntilAsync("the new address is used", () => bench.Site.Origin.Address.Port == ((System.Net.IPEndPoint)listener.LocalEndpoint).Port);
        using var client = await RawConnection.OpenAsync(bench.Port, Cancel);
        await client.SendAsync(Bench.Request("POST", "/upload", "Content-Length: 50000000"), Cancel);
        await client.SendAsync(new string('x', 100_000), Cancel);
        using (var socket = await listener.AcceptSocketAsync(Cancel))
        {
            await socket.ReceiveAsync(new byte[1000], Cancel);
            socket.LingerState = new System.Net.Sockets.LingerOption(true, 0);
        }

        for (var sent = 0; sent < 50_000_000 && !bench.Log.Events.Any(entry => entry.Id == 102); sent += 100_000)
        {
            try
            {
                await client.SendAsync(new string('x', 100_000), Cancel);
            }
            catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
            {
                // The edge has answered and does not want the rest.
                break;
            }
        }

        AssertNothingCounted(bench);
    }

    private static void AssertNothingCounted(Bench bench) =>
        Assert.Equal((EdgeHost.Health.OriginFailure.None, EdgeHost.Health.OriginFailure.None), (bench.Site.State.Health.Current.Cause, bench.Site.Origin.Health.Current.Cause));

    [Theory(Timeout = 30_000)]
    [InlineData("POST")]
    [InlineData("DELETE")]
    [InlineData("PURGE")]
    public async Task An_unsafe_request_without_a_body_reaches_an_origin_that_drops_kept_connections_once(string method)
    {
        await using var bench = await Bench.StartAsync();
        Assert.Equal(200, (await bench.GetAsync("/warm-up")).Status);
        bench.Origin.Answer = Answers.Reset;

        var response = await bench.SendAsync(Bench.Request(method, "/order"));

        Assert.Equal(503, response.Status);
        Assert.Single(bench.Origin.Visits, request => request.Target == "/order");
    }

    [Fact(Timeout = 30_000)]
    public async Task A_GET_on_a_dropped_kept_connection_is_sent_again()
    {
        await using var bench = await Bench.StartAsync();
        await bench.GetAsync("/warm-up");
        var dropped = 0;
        bench.Origin.Answer = exchange => Interlocked.Increment(ref dropped) == 1 ? Answers.Close(exchange) : Answers.Text("live")(exchange);

        var response = await bench.GetAsync("/");

        Assert.Equal("live; reason=origin-usable", response.Decision);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_origins_own_decision_header_is_not_repeated()
    {
        await using var bench = await Bench.StartAsync();
        bench.Origin.Answer = Answers.Text("live", headers: "EdgeHost-Decision: snapshot; reason=forged\r\n");

        Assert.Equal("live; reason=origin-usable", (await bench.GetAsync("/")).Decision);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_decision_header_can_be_left_out()
    {
        await using var bench = await Bench.StartAsync(("DecisionHeader", "false"));

        var live = await bench.GetAsync("/");
        bench.Origin.Refuse();
        var snapshot = await bench.GetAsync("/");
        var unavailable = await bench.GetAsync("/nothing");

        Assert.Equal([200, 200, 503], [live.Status, snapshot.Status, unavailable.Status]);
        Assert.All([live, snapshot, unavailable], response => Assert.Equal("", response.Decision));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_client_that_goes_away_is_no_fault_of_the_origins()
    {
        await using var bench = await Bench.StartAsync(("Origins:platform:Fall", "1"));
        var asked = 0;
        bench.Origin.Answer = async exchange =>
        {
            Interlocked.Increment(ref asked);
            await Answers.Silence(exchange);
        };
        using (var client = await RawConnection.OpenAsync(bench.Port, Cancel))
        {
            await client.SendAsync(Bench.Request("GET", "/"), Cancel);
            await Wait.UntilAsync("the origin is asked", () => asked == 1);
        }

        await Wait.UntilAsync("the line is written", () => File.Exists(bench.AccessLogPath) && File.ReadAllText(bench.AccessLogPath).Contains("client-gone", StringComparison.Ordinal));
        bench.Origin.Answer = Answers.Text("live");
        Assert.Equal("live; reason=origin-usable", (await bench.GetAsync("/")).Decision);
    }
}

namespace EdgeHost.Tests.FrontDoor;

public sealed class RefusalTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory(Timeout = 30_000)]
    [InlineData("GET / HTTP/1.1\r\nHost: unknown.example\r\n\r\n", 421, "refused; reason=unknown-host")]
    [InlineData("GET / HTTP/1.1\r\nHost: a.www.nova.example\r\n\r\n", 421, "refused; reason=unknown-host")]
    [InlineData("GET / HTTP/1.1\r\nHost: [::1]\r\n\r\n", 400, "refused; reason=bad-request")]
    [InlineData("GET / HTTP/1.0\r\n\r\n", 400, "refused; reason=bad-request")]
    [InlineData("GET /../etc/passwd HTTP/1.1\r\nHost: www.nova.example\r\n\r\n", 400, "refused; reason=bad-request")]
    [InlineData("GET /%2e%2e/ HTTP/1.1\r\nHost: www.nova.example\r\n\r\n", 400, "refused; reason=bad-request")]
    [InlineData("GET /a%00b HTTP/1.1\r\nHost: www.nova.example\r\n\r\n", 400, null)]
    [InlineData("GET /a%zz HTTP/1.1\r\nHost: www.nova.example\r\n\r\n", 400, "refused; reason=bad-request")]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: www.nova.example\r\n\r\n", 400, "refused; reason=bad-request")]
    [InlineData("CONNECT www.nova.example:443 HTTP/1.1\r\nHost: www.nova.example:443\r\n\r\n", 400, "refused; reason=bad-request")]
    [InlineData("GET http://user@www.nova.example/ HTTP/1.1\r\nHost: www.nova.example\r\n\r\n", 400, null)]
    [InlineData("GET http://other.example/ HTTP/1.1\r\nHost: www.nova.example\r\n\r\n", 400, null)]
    [InlineData("POST / HTTP/1.1\r\nHost: www.nova.example\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n", 400, "refused; reason=bad-request")]
    [InlineData("POST / HTTP/1.1\r\nHost: www.nova.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nContent-Length: 0\r\n\r\n", 400, "refused; reason=bad-request")]
    [InlineData("GET / HTTP/1.1\r\nHost: www.nova.example\r\nX-A: a\u0001b\r\n\r\n", 400, "refused; reason=bad-request")]
    public async Task A_request_that_is_wrong_gets_a_clear_status_and_does_not_reach_the_origin(string raw, int status, string? decision)
    {
        await using var bench = await Bench.StartAsync();

        var response = await bench.SendAsync(raw);

        Assert.Equal(status, response.Status);
        if (decision is not null)
        {
            Assert.Equal(decision, response.Decision);
        }

        Assert.Empty(bench.Origin.Requests);
        Assert.Equal(200, (await bench.GetAsync("/")).Status);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_overlong_target_is_refused()
    {
        await using var bench = await Bench.StartAsync();

        Assert.Equal(414, (await bench.GetAsync("/" + new string('a', 9000))).Status);
        Assert.Equal(414, (await bench.GetAsync("/" + string.Concat(Enumerable.Repeat("\"", 4000)))).Status);
        Assert.Empty(bench.Origin.Requests);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("GET http://www.nova.example/about?q=1 HTTP/1.1\r\nHost: www.nova.example\r\n\r\n", "/about?q=1")]
    [InlineData("GET http://www.nova.example HTTP/1.1\r\nHost: www.nova.example\r\n\r\n", "/")]
    [InlineData("GET /about HTTP/1.0\r\nHost: www.nova.example\r\n\r\n", "/about")]
    public async Task Other_right_forms_are_understood(string raw, string target)
    {
        await using var bench = await Bench.StartAsync();

        var response = await bench.SendAsync(raw);

        Assert.Equal(200, response.Status);
        Assert.Equal(target, Assert.Single(bench.Origin.Visits).Target);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("www.nova.example", 200)]
    [InlineData("WWW.NOVA.EXAMPLE", 200)]
    [InlineData("www.nova.example.", 200)]
    [InlineData("www.nova.example:80", 200)]
    [InlineData("www.nova.example.:8443", 200)]
    [InlineData("shop.nova.example", 200)]
    [InlineData("a.shop.nova.example", 421)]
    [InlineData("nova.example", 421)]
    public async Task A_host_is_found_however_it_is_written(string host, int status)
    {
        await using var bench = await Bench.StartAsync(("Sites:nova:Hosts:1", "*.nova.example"));

        Assert.Equal(status, (await bench.SendAsync($"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n")).Status);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_request_that_comes_back_is_refused_and_its_page_rescued()
    {
        await using var bench = await Bench.StartAsync(("Origins:platform:ProbeInterval", "00:05:00"));
        // A load balancer whose backend is the edge.
        bench.Origin.Answer = async exchange =>
        {
            using var back = await RawConnection.OpenAsync(bench.Port, Cancel);
            await back.SendAsync(exchange.Request.Head + exchange.Request.Body, Cancel);
            var response = await back.ReadResponseAsync(Cancel);
            var headers = string.Concat(response.Headers.Select(header => $"{header.Name}: {header.Value}\r\n"));
            await exchange.SendAsync($"HTTP/1.1 {response.Status} Any\r\n{(response["Content-Length"] is null ? "Connection: close\r\n" : "")}{headers.Replace("Transfer-Encoding: chunked\r\n", $"Content-Length: {response.Body.Length}\r\n", StringComparison.Ordinal)}\r\n{response.Text}");
        };

        var covered = await bench.GetAsync("/");
        var uncovered = await bench.GetAsync("/nothing");

        Assert.Equal((200, Some.Home), (covered.Status, covered.Text));
        Assert.Equal("EdgeHost; error=proxy_loop_detected", covered["Proxy-Status"]);
        Assert.Equal(508, uncovered.Status);
        Assert.Equal(2, bench.Origin.Visits.Count);
        Assert.Contains(bench.Log.Events, entry => entry.Id == 104);

        // The alarm is not for everybody to ring as often as they like.
        await bench.GetAsync("/");
        Assert.Single(bench.Log.Events, entry => entry.Id == 104);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("edgehost", 508)]
    [InlineData("other.example; hop=1, EdgeHost", 508)]
    [InlineData("other.example", 200)]
    [InlineData("edgehost2", 200)]
    public async Task A_request_with_our_name_has_been_here(string passed, int status)
    {
        await using var bench = await Bench.StartAsync();

        Assert.Equal(status, (await bench.GetAsync("/", $"CDN-Loop: {passed}")).Status);
        Assert.Equal(status == 200 ? [$"{passed}, edgehost"] : [], bench.Origin.Visits.Select(request => request["CDN-Loop"]));
    }
}

using EdgeHost.SystemTests.Origins;

namespace EdgeHost.SystemTests.BadInput;

/// <summary>What an origin sees of requests that are unusual and not refused.</summary>
public sealed class ForwardedRequestTests(BadInputBench bench) : IClassFixture<BadInputBench>
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("/a%2fb", "/a%2Fb")]                    // decoded it would be another path; escaped again, too
    [InlineData("/a%2Fb%252e%252e/c", "/a%2Fb%252e%252e/c")]
    [InlineData("/%61%62", "/ab")]
    [InlineData("/gr%c3%b6%C3%9Fe", "/gr%C3%B6%C3%9Fe")]
    [InlineData("/%ff", "/%FF")]
    [InlineData("/..%c0%afx", "/..%C0%AFx")]            // an overlong slash is no slash to us, and stays escaped
    [InlineData("//a//b", "//a//b")]
    [InlineData("/a;x=1/b", "/a;x=1/b")]
    [InlineData("/a|b\"c<d>", "/a%7Cb%22c%3Cd%3E")]
    [InlineData("/...", "/...")]
    [InlineData("/x?", "/x?")]
    [InlineData("/x?a=%zz&b=%41&c=..%2f", "/x?a=%zz&b=%41&c=..%2f")]
    [InlineData("/x?b=2&a=1&utm_source=y", "/x?b=2&a=1&utm_source=y")]
    [InlineData("/x?a?b?c", "/x?a?b?c")]
    [InlineData("http://shop.example/abs?x=1", "/abs?x=1")]
    [InlineData("http://shop.example", "/")]
    [InlineData("http://shop.example?x=1", "/?x=1")]
    public async Task Passes_a_target_in_one_canonical_form(string sent, string seen)
    {
        var request = await ForwardAsync($"GET {sent} HTTP/1.1\r\nHost: shop.example\r\n\r\n");

        Assert.Equal(seen, request.Target);
        Assert.Equal(["shop.example"], request["Host"]);
    }

    [Fact]
    public async Task Passes_a_long_path_whole()
    {
        var path = "/" + new string('a', 7900);

        Assert.Equal(path, (await ForwardAsync($"GET {path} HTTP/1.1\r\nHost: shop.example\r\n\r\n")).Target);
    }

    [Theory]
    [InlineData("SHOP.Example")]
    [InlineData("shop.example.")]
    [InlineData("shop.example:8080")]
    [InlineData("xn--mnchen-3ya.example")]              // a server that shows it as Unicode must still find it, and pass it on as it came
    public async Task Finds_the_site_of_a_host_however_it_is_written(string host) =>
        Assert.Equal([host], (await ForwardAsync($"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n"))["Host"]);

    [Fact]
    public async Task Removes_what_Connection_names()
    {
        var request = await ForwardAsync(
            "GET / HTTP/1.1\r\nHost: shop.example\r\nConnection: X-Secret, keep-alive, X-Other\r\nX-Secret: s\r\nx-other: o\r\nKeep-Alive: timeout=5\r\nTE: trailers\r\nProxy-Connection: keep-alive\r\nX-Kept: k\r\n\r\n");

        Assert.Equal(["k"], request["X-Kept"]);
        Assert.All(new[] { "X-Secret", "X-Other", "Keep-Alive", "Proxy-Connection", "Connection" }, name => Assert.Empty(request[name]));
    }

    [Theory]
    [InlineData("Host")]
    [InlineData("X-Forwarded-For")]
    [InlineData("X-Forwarded-Proto")]
    [InlineData("CDN-Loop")]
    public async Task Keeps_its_own_headers_even_when_Connection_names_them(string name)
    {
        var request = await ForwardAsync($"GET / HTTP/1.1\r\nHost: shop.example\r\nConnection: {name}\r\n\r\n");

        Assert.Single(request[name]);
    }

    [Fact]
    public async Task Believes_no_client_about_where_it_comes_from_or_what_it_asks()
    {
        string[] names =
        [
            "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port", "X-Forwarded-Prefix", "X-Real-IP", "X-Original-URL", "X-Rewrite-URL",
            "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "X_Forwarded_For", "X_Forwarded_Proto", "X_Original_URL", "X-Forwarded_Host", "True-Client-IP", "X-Client-IP", "Proxy",
        ];

        var request = await ForwardAsync($"GET /asked HTTP/1.1\r\nHost: shop.example\r\n{string.Concat(names.Select(name => $"{name}: evil\r\n"))}\r\n");

        Assert.DoesNotContain("evil", request.Head, StringComparison.Ordinal);
        Assert.Equal("/asked", request.Target);
        Assert.Equal(["127.0.0.1"], request["X-Forwarded-For"]);
        Assert.Equal(["http"], request["X-Forwarded-Proto"]);
        Assert.Equal(["shop.example"], request["X-Forwarded-Host"]);
        Assert.Equal(["edgehost"], request["CDN-Loop"]);
    }

    [Fact]
    public async Task Ignores_an_upgrade_in_HTTP_1_0()
    {
        var request = await ForwardAsync("GET /old HTTP/1.0\r\nHost: shop.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");

        Assert.Empty(request["Upgrade"]);
        Assert.Empty(request["Connection"]);
    }

    [Theory]
    [InlineData("Content-Length: 5\r\n", "hello", "hello")]
    [InlineData("Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n", "5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n", "5;a=b\r\nhello\r\n0\r\nX-Trailer: t\r\n\r\n", "5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: Chunked\r\n", "2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n", null)]
    public async Task Passes_a_body_in_one_framing(string headers, string sent, string? seen)
    {
        var request = await ForwardAsync($"POST /body HTTP/1.1\r\nHost: shop.example\r\n{headers}\r\n{sent}");

        Assert.Equal("POST", request.Method);
        Assert.Equal(1, request["Content-Length"].Count + request["Transfer-Encoding"].Count);
        Assert.Equal(seen ?? request.Body, request.Body);
    }

    [Theory]
    [InlineData("5\nhello\r\n0\r\n\r\n")]
    [InlineData("5;\nhello\r\n0\r\n\r\n")]
    [InlineData("5\r\nhelloX\r\n0\r\n\r\n")]
    [InlineData("-5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("0x5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("FFFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n")]
    [InlineData("5 ;a\r\nhello\r\n0 x\r\n\r\n")]
    public async Task Never_makes_a_second_request_of_a_broken_chunk(string body)
    {
        var cancel = TestContext.Current.CancellationToken;
        bench.Origin.Forget();

        var answer = await bench.SendAsync($"POST /body HTTP/1.1\r\nHost: shop.example\r\nTransfer-Encoding: chunked\r\n\r\n{body}GET /smuggled HTTP/1.1\r\nHost: shop.example\r\n\r\n", cancel);

        Assert.True(answer is null || answer.Status is 400 or 502 or 503, $"answered by {answer}");
        Assert.Equal(200, (await bench.Edge.GetAsync("/healthy", BadInputBench.Host, cancel)).Status);
        Assert.Equal(["/healthy"], bench.Origin.Requests.Select(request => request.Target));
    }

    [Fact]
    public async Task Answers_a_client_that_ends_its_side_after_the_request()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var connection = await RawConnection.OpenAsync(bench.Edge.Config.PublicPort, cancel);
        await connection.SendAsync("GET /half-closed HTTP/1.1\r\nHost: shop.example\r\n\r\n", cancel);
        connection.EndSending();

        RawResponse? answer = null;
        try
        {
            answer = await connection.ReadResponseAsync(cancel);
        }
        catch (ConnectionEndedException)
        {
            // As most servers do: who hangs up is taken to have left. Never half an answer.
        }

        Assert.True(answer is null or { Status: 200, End: BodyEnd.Complete }, $"answered by {answer}");
        Assert.Equal(200, (await bench.Edge.GetAsync("/healthy", BadInputBench.Host, cancel)).Status);
    }

    private async Task<RawRequest> ForwardAsync(string bytes)
    {
        bench.Origin.Forget();
        var answer = await bench.SendAsync(bytes, TestContext.Current.CancellationToken);
        Assert.True(answer?.Status == 200, $"answered by {answer}");
        return Assert.Single(bench.Origin.Requests);
    }
}

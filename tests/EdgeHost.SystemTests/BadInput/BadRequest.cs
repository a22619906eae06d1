namespace EdgeHost.SystemTests.BadInput;

/// <summary>A request that must be refused, as the bytes that are sent.</summary>
/// <param name="Name">What is bad about it.</param>
/// <param name="Bytes">Latin-1.</param>
/// <param name="Statuses">Which answers are right. 0: the connection is ended without one.</param>
internal sealed record BadRequest(string Name, string Bytes, params int[] Statuses)
{
    private const string Ok = "Host: shop.example\r\n";
    private const string Smuggled = "GET /smuggled HTTP/1.1\r\nHost: shop.example\r\n\r\n";

    public static IReadOnlyList<BadRequest> All { get; } = [.. Targets(), .. Hosts(), .. Forms(), .. Framings(), .. Headers()];

    private static IEnumerable<BadRequest> Targets()
    {
        foreach (var target in new[]
        {
            "/..", "/../etc/passwd", "/a/../../b", "/a/./b", "/%2e%2e/x", "/%2E%2E%2Fx", "/.%2e/x", "/..%2fx", "/a/..%2F..%2Fb", "/..;/x", "/..;a=b/x", "/a/%2e%2e;/x", "/..%5cx", "/a%5c..%5cb", "/a\\..\\b",
        })
        {
            yield return Target($"traversal {target}", target, 400);
        }

        yield return Target("encoded NUL", "/a%00.html", 400);
        yield return Target("NUL", "/a\0.html", 400);
        yield return Target("encoded line break", "/a%0d%0aX-Injected:%20y", 400);
        yield return Target("carriage return", "/a\rb", 400);
        yield return Target("control character", "/a\u0001b", 400);
        yield return Target("byte above ASCII", "/gr\u00f6\u00dfe", 400);
        yield return Target("half an escape", "/a%2", 400);
        yield return Target("escape without digits", "/a%zz", 400);
        yield return Target("fragment", "/a#b", 400);
        yield return Target("space in the target", "/a b", 400);
        yield return Target("path of 9,000 characters", "/" + new string('a', 9000), 414);
        yield return Target("path of 100,000 characters", "/" + new string('a', 100_000), 414, 0);
        yield return Target("query of 9,000 characters", "/?" + new string('a', 9000), 414);
        yield return Target("path of 9,000 escapes", "/" + string.Concat(Enumerable.Repeat("%41", 3000)), 414);
    }

    private static IEnumerable<BadRequest> Hosts()
    {
        foreach (var host in new[] { "unknown.example", "example", "shop.example.evil.example", "evil-shop.example", "127.0.0.1", "localhost", "xn--shp-0na.example" })
        {
            yield return new($"unknown host {host}", $"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n", 421);
        }

        foreach (var host in new[]
        {
            "sh op.example", "shop..example", ".shop.example", "shop.example:99999", "shop.example:80:80", "shop.example:8a", "user@shop.example", "shop.example/x", "shop.example?x", "shop.example,shop.example",
            "[::1", "[::1]", "shop.example\\", "sh\u00f6p.example", "%73hop.example", "shop.example#", $"{new string('a', 64)}.example", string.Concat(Enumerable.Repeat("a.", 130)) + "example",
        })
        {
            yield return new($"malformed host {host[..Math.Min(host.Length, 40)]}", $"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n", 400);
        }

        yield return new("empty host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400);
        yield return new("blank host", "GET / HTTP/1.1\r\nHost:   \r\n\r\n", 400);
        yield return new("no host", "GET / HTTP/1.1\r\n\r\n", 400);
        yield return new("no host in HTTP/1.0", "GET / HTTP/1.0\r\n\r\n", 400);
        yield return new("two hosts", "GET / HTTP/1.1\r\nHost: shop.example\r\nHost: frozen.example\r\n\r\n", 400);
        yield return new("the same host twice", "GET / HTTP/1.1\r\nHost: shop.example\r\nHost: shop.example\r\n\r\n", 400);
        yield return new("space before the colon", "GET / HTTP/1.1\r\nHost : shop.example\r\n\r\n", 400);
        yield return new("folded host", "GET / HTTP/1.1\r\nHost: shop.example\r\n .evil.example\r\n\r\n", 400);
    }

    private static IEnumerable<BadRequest> Forms()
    {
        yield return Target("absolute-form of another host", "http://frozen.example/a", 400);
        yield return Target("absolute-form with user information", "http://user@shop.example/a", 400);
        yield return Target("absolute-form with user and password", "http://shop.example:x@frozen.example/a", 400);
        yield return Target("absolute-form of another scheme", "ftp://shop.example/a", 400);
        yield return Target("absolute-form without a host", "http:///a", 400);
        yield return Target("absolute-form with a dot segment", "http://shop.example/a/../b", 400);
        yield return Target("no leading slash", "a", 400, 405);
        yield return new("authority-form", "CONNECT shop.example:443 HTTP/1.1\r\nHost: shop.example:443\r\n\r\n", 400, 405, 501);
        yield return new("asterisk-form", $"OPTIONS * HTTP/1.1\r\n{Ok}\r\n", 400);
        yield return new("no version", "GET /\r\n\r\n", 400);
        yield return new("an unknown version", $"GET / HTTP/1.7\r\n{Ok}\r\n", 400, 505);
        yield return new("a version of three digits", $"GET / HTTP/1.10\r\n{Ok}\r\n", 400, 505);
        yield return new("garbage", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003\r\n\r\n", 400, 0);
        yield return new("a method with a space", $"GE T / HTTP/1.1\r\n{Ok}\r\n", 400);
        yield return new("a method with a separator", $"GE(T / HTTP/1.1\r\n{Ok}\r\n", 400);
    }

    private static IEnumerable<BadRequest> Framings()
    {
        yield return Framed("Content-Length beside Transfer-Encoding", "Content-Length: 4\r\nTransfer-Encoding: chunked", "0\r\n\r\n");
        yield return Framed("Transfer-Encoding beside Content-Length", "Transfer-Encoding: chunked\r\nContent-Length: 4", "0\r\n\r\n");
        yield return Framed("Content-Length hidden under another name", "X-Content-Length: 4\r\nTransfer-Encoding: chunked", "0\r\n\r\n");
        yield return Framed("chunked twice", "Transfer-Encoding: chunked, chunked", "0\r\n\r\n");
        yield return Framed("two Transfer-Encoding lines", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "0\r\n\r\n");
        yield return Framed("a coding before chunked", "Transfer-Encoding: gzip, chunked", "0\r\n\r\n");
        yield return Framed("identity beside chunked", "Transfer-Encoding: identity, chunked", "0\r\n\r\n");
        yield return Framed("a coding after chunked", "Transfer-Encoding: chunked, identity", "0\r\n\r\n");
        yield return Framed("an unknown coding", "Transfer-Encoding: xchunked", "0\r\n\r\n");
        yield return Framed("chunked behind a vertical tab", "Transfer-Encoding: \u000bchunked", "0\r\n\r\n");
        yield return Framed("quoted chunked", "Transfer-Encoding: \"chunked\"", "0\r\n\r\n");
        yield return Framed("two different lengths", "Content-Length: 0\r\nContent-Length: 4", "");
        yield return Framed("a list of lengths", "Content-Length: 0, 4", "");
        yield return Framed("a negative length", "Content-Length: -1", "");
        yield return Framed("a length with a plus", "Content-Length: +0", "");
        yield return Framed("minus zero as the length", "Content-Length: -0", "");
        yield return Framed("a hexadecimal length", "Content-Length: 0x0", "");
        yield return Framed("a length beyond 64 bits", "Content-Length: 18446744073709551616", "");
        yield return Framed("an empty length", "Content-Length:", "");
        yield return Framed("space before the colon of Transfer-Encoding", "Transfer-Encoding : chunked", "0\r\n\r\n");
        yield return Framed("a folded Transfer-Encoding", "Transfer-Encoding:\r\n chunked", "0\r\n\r\n");
        yield return new("Transfer-Encoding in HTTP/1.0", $"POST /framed HTTP/1.0\r\n{Ok}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n{Smuggled}", 400);
        yield return new("an upgrade of a POST without a body", $"POST /framed HTTP/1.1\r\n{Ok}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n", 400);
        yield return new("an upgrade of a POST with a body", $"POST /framed HTTP/1.1\r\n{Ok}Connection: Upgrade\r\nUpgrade: websocket\r\nContent-Length: 0\r\n\r\n{Smuggled}", 400);
    }

    private static IEnumerable<BadRequest> Headers()
    {
        foreach (var (name, character) in new[] { ("NUL", '\0'), ("SOH", '\u0001'), ("vertical tab", '\u000b'), ("escape", '\u001b'), ("DEL", '\u007f'), ("bare CR", '\r') })
        {
            yield return new($"{name} in a header value", $"GET / HTTP/1.1\r\n{Ok}X-Value: a{character}b\r\n\r\n", 400);
        }

        yield return new("space in a header name", $"GET / HTTP/1.1\r\n{Ok}X Value: a\r\n\r\n", 400);
        yield return new("control character in a header name", $"GET / HTTP/1.1\r\n{Ok}X\u0001Value: a\r\n\r\n", 400);
        yield return new("no header name", $"GET / HTTP/1.1\r\n{Ok}: a\r\n\r\n", 400);
        yield return new("no colon", $"GET / HTTP/1.1\r\n{Ok}X-Value\r\n\r\n", 400);
        yield return new("a folded header", $"GET / HTTP/1.1\r\n{Ok}X-Value: a\r\n b\r\n\r\n", 400);
        yield return new("200 headers", $"GET / HTTP/1.1\r\n{Ok}{string.Concat(Enumerable.Range(0, 200).Select(i => $"X-{i}: a\r\n"))}\r\n", 431);
        yield return new("a header of 70,000 characters", $"GET / HTTP/1.1\r\n{Ok}X-Value: {new string('a', 70_000)}\r\n\r\n", 431, 0);
    }

    private static BadRequest Target(string name, string target, params int[] statuses) => new(name, $"GET {target} HTTP/1.1\r\n{Ok}\r\n", statuses);

    // What follows the body is a whole request: whoever reads the framing another way takes it for one.
    private static BadRequest Framed(string name, string headers, string body) => new(name, $"POST /framed HTTP/1.1\r\n{Ok}{headers}\r\n\r\n{body}{Smuggled}", 400);
}

using System.Text;
using EdgeHost.Requests;
using Microsoft.AspNetCore.Http;

namespace EdgeHost.Tests.Requests;

public sealed class RequestFramingTests
{
    [Theory]
    [InlineData("GET", "HTTP/1.1", "", true)]
    [InlineData("POST", "HTTP/1.1", "Content-Length: 3", true)]
    [InlineData("POST", "HTTP/1.1", "Transfer-Encoding: chunked", true)]
    [InlineData("POST", "HTTP/1.1", "Transfer-Encoding: Chunked", true)]
    [InlineData("POST", "HTTP/1.1", "Transfer-Encoding: chunked|Content-Length: 3", false)]
    [InlineData("POST", "HTTP/1.1", "Transfer-Encoding: chunked|X-Content-Length: 3", false)]
    [InlineData("POST", "HTTP/1.1", "Transfer-Encoding: gzip, chunked", false)]
    [InlineData("POST", "HTTP/1.1", "Transfer-Encoding: identity", false)]
    [InlineData("POST", "HTTP/1.1", "Transfer-Encoding: \u000bchunked", false)]
    [InlineData("POST", "HTTP/1.0", "Transfer-Encoding: chunked", false)]
    [InlineData("GET", "HTTP/1.1", "Upgrade: websocket", true)]
    [InlineData("POST", "HTTP/1.1", "Upgrade: websocket", false)]
    [InlineData("POST", "HTTP/1.0", "Upgrade: websocket", true)]
    public void Refuses_what_two_parsers_could_read_differently(string method, string protocol, string headers, bool right)
    {
        var request = Request(method, protocol, headers);

        Assert.Equal(right, RequestFraming.Check(request) is null);
    }

    [Fact]
    public void An_Upgrade_in_HTTP_1_0_is_ignored()
    {
        var request = Request("GET", "HTTP/1.0", "Upgrade: websocket");

        Assert.Null(RequestFraming.Check(request));
        Assert.Equal(0, request.Headers.Upgrade.Count);
    }

    [Theory]
    [InlineData("X-A: plain", false)]
    [InlineData("X-A: a\tb", false)]
    [InlineData("X-A: caf\xe9", false)]
    [InlineData("X-A: a\0b", true)]
    [InlineData("X-A: a\rb", true)]
    [InlineData("X-A: a\nb", true)]
    [InlineData("X-A: a\tb\u001b[31m", true)]
    [InlineData("X-A: a\u007f", true)]
    [InlineData("X A: a", true)]
    [InlineData("X(A): a", true)]
    public void Knows_headers_that_may_not_be_passed_on(string header, bool bad) => Assert.Equal(bad, RequestFraming.HasBadHeader(Request("GET", "HTTP/1.1", header).Headers));

    [Theory]
    [InlineData("keep-alive", "keep-alive")]
    [InlineData("close", "close")]
    [InlineData("Upgrade", "Upgrade")]
    [InlineData(" Keep-Alive , Upgrade ", " Keep-Alive , Upgrade ")]
    [InlineData("", "")]
    [InlineData("X-Secret", "X-Secret, close, keep-alive")]
    [InlineData("keep-alive, x-secret", "keep-alive, x-secret, close, keep-alive")]
    public void What_Connection_nominates_stays_to_be_seen(string sent, string read) => Assert.Equal(read, ConnectionHeaderEncoding.Instance.GetString(Encoding.Latin1.GetBytes(sent)));

    private static HttpRequest Request(string method, string protocol, string headers)
    {
        var request = new DefaultHttpContext { Request = { Method = method, Protocol = protocol } }.Request;
        foreach (var header in headers.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = header.Split(": ", 2);
            request.Headers.Append(parts[0], parts[1]);
        }

        return request;
    }
}

using StaticExport.Fetching;
using Xunit;

namespace StaticExport.Tests.Fetching;

public sealed class AnswerReadingTests
{
    [Fact]
    public void Makes_headers_sendable_and_names_those_that_can_not_be()
    {
        // What HttpClient makes of the UTF-8 octets of "/café".
        using var response = new HttpResponseMessage(System.Net.HttpStatusCode.Found) { Content = new ByteArrayContent([]) };
        response.Headers.TryAddWithoutValidation("Location", "/caf\u00c3\u00a9\u0001");
        response.Headers.TryAddWithoutValidation("X-Frame-Options", "DENY");
        response.Headers.TryAddWithoutValidation("Refresh", "1;url=/\u00e9");
        response.Headers.TryAddWithoutValidation("Set-Cookie", "a=1");
        response.Content.Headers.TryAddWithoutValidation("Content-Type", "text/html; charset=utf-8\u00e9");
        response.Content.Headers.TryAddWithoutValidation("Content-Disposition", "inline; filename=caf\u00c3\u00a9.html");

        var answer = AnswerReading.Head(response, DateTimeOffset.UnixEpoch);

        Assert.Equal("/caf%C3%A9", answer.Location);
        Assert.Equal("text/html; charset=utf-8", answer.ContentType);
        Assert.Equal(["content-disposition", "x-frame-options"], answer.Headers.Keys);
        Assert.Equal("inline; filename*=UTF-8''caf%C3%A9.html", answer.Headers["content-disposition"]);
        Assert.Equal(["refresh"], answer.Refused);
    }
}

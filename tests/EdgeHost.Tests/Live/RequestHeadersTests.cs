using EdgeHost.Live;
using Microsoft.AspNetCore.Http;

namespace EdgeHost.Tests.Live;

public sealed class RequestHeadersTests
{
    [Theory]
    [InlineData("X-Forwarded-For", false)]
    [InlineData("x-forwarded-host", false)]
    [InlineData("X_Forwarded_For", false)]
    [InlineData("X-Forwarded_Proto", false)]
    [InlineData("Forwarded", false)]
    [InlineData("X-Real-IP", false)]
    [InlineData("X_Real_IP", false)]
    [InlineData("X-Rewrite-URL", false)]
    [InlineData("X-HTTP-Method-Override", false)]
    [InlineData("Proxy", false)]
    [InlineData("Expect", false)]
    [InlineData("X-Nominated", false)]
    [InlineData("Accept", true)]
    [InlineData("Cookie", true)]
    [InlineData("Authorization", true)]
    [InlineData("X-Forwarded", true)]
    [InlineData("X_Custom_Name", true)]
    public void Only_what_a_proxy_may_say_is_removed(string name, bool kept)
    {
        var received = new HeaderDictionary { [name] = "value", ["Connection"] = "close, X-Nominated, Content-Type, @, ," };
        using var sent = new HttpRequestMessage();
        sent.Headers.TryAddWithoutValidation(name, "value");

        RequestHeaders.RemoveUntrusted(received, sent.Headers);

        Assert.Equal(kept, sent.Headers.NonValidated.Contains(name));
    }
}

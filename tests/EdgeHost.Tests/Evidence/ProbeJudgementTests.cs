using EdgeHost.Evidence;
using EdgeHost.Health;

namespace EdgeHost.Tests.Evidence;

public sealed class ProbeJudgementTests
{
    [Theory]
    [InlineData("None", false, false, "Passed")]
    [InlineData("None", true, true, "Passed")]
    // Nobody is there, whatever was asked for.
    [InlineData("ConnectionRefused", false, true, "Failed")]
    [InlineData("NameResolution", true, true, "Failed")]
    // Real requests succeed: the probe asks for the wrong thing.
    [InlineData("UnexpectedStatus", true, true, "ConfigurationError")]
    [InlineData("UnexpectedContent", false, true, "ConfigurationError")]
    // An error page with status 200 looks to requests as if all were well.
    [InlineData("UnexpectedContent", true, true, "Failed")]
    [InlineData("ServerError", true, true, "ConfigurationError")]
    [InlineData("Tls", true, true, "ConfigurationError")]
    [InlineData("HeadersTimeout", false, true, "ConfigurationError")]
    // Nobody visits: a probe that has passed before is believed, and one that never has is not.
    [InlineData("UnexpectedStatus", true, false, "Failed")]
    [InlineData("UnexpectedContent", true, false, "Failed")]
    [InlineData("UnexpectedStatus", false, false, "ConfigurationError")]
    [InlineData("UnexpectedContent", false, false, "ConfigurationError")]
    [InlineData("ServerError", false, false, "Failed")]
    [InlineData("HeadersTimeout", false, false, "Failed")]
    public void Tells_an_ill_site_from_a_wrong_probe(string failure, bool hasPassed, bool requestsPass, string finding) =>
        Assert.Equal(finding, ProbeJudgement.Of(Enum.Parse<OriginFailure>(failure), hasPassed, requestsPass).ToString());
}

using EdgeHost.Health;

namespace EdgeHost.Tests.Health;

public sealed class OriginFailureTests
{
    [Fact]
    public void Only_what_no_other_site_can_be_spared_counts_for_the_whole_origin()
    {
        var whole = Enum.GetValues<OriginFailure>().Where(failure => failure.IsConnectionLevel());

        // TLS is not among them: its server name is the visitor's host, and one host's certificate must not take down the others.
        Assert.Equal([OriginFailure.NameResolution, OriginFailure.ConnectionRefused, OriginFailure.ConnectTimeout], whole);
    }

    [Theory]
    [InlineData("None", false, false, true)]
    [InlineData("ConnectionRefused", false, false, true)]
    [InlineData("ServerError", true, true, true)]
    [InlineData("ServerError", true, false, false)]
    [InlineData("GatewayError", true, false, false)]
    [InlineData("GatewayError", false, true, false)]
    [InlineData("HeadersTimeout", true, false, true)]
    [InlineData("ConnectionClosed", false, false, false)]
    [InlineData("UploadRefused", false, false, false)]
    [InlineData("EdgeExhausted", true, true, false)]
    public void Is_evidence_only_where_the_client_can_not_have_caused_it(string failure, bool isRead, bool isCovered, bool expected) =>
        Assert.Equal(expected, Enum.Parse<OriginFailure>(failure).IsEvidence(isRead, isCovered));
}

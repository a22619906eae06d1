using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using EdgeHost.Tls;

namespace EdgeHost.Tests.Tls;

public sealed class CertificateNamesTests
{
    private static readonly TestAuthority Authority = new();

    [Fact]
    public void Are_the_alternative_names_in_lower_case_and_nothing_of_the_subject_beside_them()
    {
        Assert.Equal(["www.nova.example", "*.shop.example", "xn--mnchen-3ya.example"], Of("CN=other.example", "WWW.Nova.example", "*.Shop.example", "xn--mnchen-3ya.example", "www.nova.example"));
    }

    [Fact]
    public void Are_the_common_name_where_there_are_no_others() => Assert.Equal(["www.nova.example"], Of("O=Nova Talents, CN=www.Nova.example"));

    [Theory]
    [InlineData("w*.nova.example")]
    [InlineData("www.*.example")]
    [InlineData("*")]
    [InlineData("nova.example:8443")]
    [InlineData("no name")]
    public void Leave_out_what_stands_for_no_host(string name) => Assert.Equal(["nova.example"], Of("CN=x", name, "nova.example"));

    [Theory]
    [InlineData("nova.example", "NOVA.example", true)]
    [InlineData("nova.example", "www.nova.example", false)]
    [InlineData("*.nova.example", "Www.Nova.example", true)]
    [InlineData("*.nova.example", "nova.example", false)]
    [InlineData("*.nova.example", "a.www.nova.example", false)]
    [InlineData("*.nova.example", ".nova.example", false)]
    [InlineData("*.nova.example", "*.nova.example", true)]
    public void Cover_one_label_by_a_star(string name, string host, bool covered) => Assert.Equal(covered, CertificateNames.Cover([name], host));

    private static ImmutableArray<string> Of(string subject, params string[] names)
    {
        using var certificate = X509Certificate2.CreateFromPem(Authority.Issue(subject, names, TestAuthority.Begin, TestAuthority.End).Leaf);
        return CertificateNames.Of(certificate);
    }
}

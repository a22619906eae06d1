using CsCheck;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.SnapshotStore.Tests.Sites;

public sealed class HostNameTests
{
    private static readonly Gen<string> Hosts = Gen.Frequency(
        (5, Gen.Select(Gen.OneOf("a", "B", "example", "org", ".", "..", ":", ":80", ":99999", "-", "_", "[::1]", "@", "/", " ", "\0", "é", "xn--", "1").Array[0, 8], string.Concat)),
        (1, Gen.String));

    [Theory]
    [InlineData("example.org", "example.org")]
    [InlineData("Example.ORG.:8080", "example.org")]
    [InlineData("a_b.example:", "a_b.example")]
    [InlineData("localhost", "localhost")]
    public void Is_as_it_is_looked_up(string authority, string expected) => Assert.Equal(expected, HostName.Parse(authority).ToString());

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a..b")]
    [InlineData(".a")]
    [InlineData("a:b")]
    [InlineData("a:65536")]
    [InlineData("a:80:80")]
    [InlineData("user@a")]
    [InlineData("[::1]")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("ä.example")]
    [InlineData("*.example")]
    public void Is_refused(string authority)
    {
        Assert.False(HostName.TryParse(authority, out _));
        Assert.Throws<FormatException>(() => HostName.Parse(authority));
    }

    [Fact]
    public void Is_refused_when_it_is_too_long()
    {
        Assert.False(HostName.TryParse(new string('a', 64), out _));
        Assert.False(HostName.TryParse(string.Join('.', Enumerable.Repeat("abcdefgh", 30)), out _));
    }

    [Fact]
    public void Is_the_same_when_it_is_parsed_again_and_whatever_its_case() => Hosts.Sample(authority =>
    {
        if (!HostName.TryParse(authority, out var host))
        {
            return true;
        }

        var text = host.ToString();
        return HostName.TryParse(text, out var again) && again == host
            && HostName.TryParse(authority.ToUpperInvariant(), out var upper) && upper == host
            && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-' or '_');
    }, iter: 50_000);
}

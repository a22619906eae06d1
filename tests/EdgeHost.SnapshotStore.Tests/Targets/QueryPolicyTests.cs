using CsCheck;
using EdgeHost.SnapshotStore.Targets;

namespace EdgeHost.SnapshotStore.Tests.Targets;

public sealed class QueryPolicyTests
{
    private static readonly Gen<string> Pieces = Gen.OneOf("&", "=", "%", "%4", "%41", "%2", "%26", "%3d", "%25", "a", "b", "A", "1", "utm_", "utm_x", "fbclid", "+", "?", "[]", "%7E", "~");

    private static readonly Gen<string> Queries = Gen.Select(Pieces.Array[0, 14], string.Concat);

    [Theory]
    [InlineData("", "")]
    [InlineData("b=2&a=1", "a=1&b=2")]
    [InlineData("a=2&a=1", "a=2&a=1")]
    [InlineData("utm_source=x&a=1&FBCLID=y", "a=1")]
    [InlineData("utm%5Fsource=x", "")]
    [InlineData("utm_source=x", "")]
    [InlineData("&&a&", "a")]
    [InlineData("a&a=", "a&a=")]
    [InlineData("q=%7euser%2f", "q=~user%2F")]
    [InlineData("q=100%", "q=100%25")]
    public void Is_canonical(string query, string expected) => Assert.Equal(expected, QueryPolicy.Default.Normalise(query));

    [Fact]
    public void Leaves_no_escape_that_was_not_there() => Assert.Equal("q=%2541", QueryPolicy.Default.Normalise("q=%4%31"));

    [Fact]
    public void Keeps_the_order_where_it_matters() => Assert.Equal("b=2&a=1", new QueryPolicy { Sort = false, Drop = [] }.Normalise("b=2&a=1"));

    [Fact]
    public void Drops_only_what_the_site_says() => Assert.Equal("utm_source=x", new QueryPolicy { Drop = ["session*"] }.Normalise("utm_source=x&SessionId=1"));

    [Fact]
    public void Is_the_same_when_it_is_normalised_again() => Queries.Sample(query =>
    {
        var once = QueryPolicy.Default.Normalise(query);
        return QueryPolicy.Default.Normalise(once) == once;
    }, iter: 50_000);

    [Fact]
    public void Does_not_depend_on_the_order_of_different_names() => Gen.Select(Gen.Int[0, 30].Array[0, 8], Gen.Int).Sample((numbers, seed) =>
    {
        var parts = numbers.Distinct().Select(n => $"p{n}={n}").ToArray();
        var shuffled = parts.ToArray();
        new Random(seed).Shuffle(shuffled);
        return QueryPolicy.Default.Normalise(string.Join('&', parts)) == QueryPolicy.Default.Normalise(string.Join('&', shuffled));
    }, iter: 5_000);

    [Fact]
    public void Never_lets_a_tracking_parameter_through() => Queries.Sample(query =>
        QueryPolicy.Default.Normalise(query).Split('&').All(part => !part.StartsWith("utm_", StringComparison.OrdinalIgnoreCase) && part.Split('=')[0] != "fbclid"), iter: 20_000);
}

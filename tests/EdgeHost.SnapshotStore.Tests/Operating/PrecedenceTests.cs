using CsCheck;
using EdgeHost.SnapshotStore.Operating;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.SnapshotStore.Tests.Operating;

public sealed class PrecedenceTests
{
    private static readonly ScopedSite Nova = new(SiteId.Parse("nova"), "platform", ["gold", "eu", "pilot"]);

    private static readonly string[] Scopes =
    [
        "all", "origin:platform", "origin:other", "group:gold", "group:eu", "group:pilot", "group:us", "site:nova", "site:mira",
        "site:nova/a", "site:nova/b", "site:nova/a/b", "site:nova/a/b/c", "site:mira/a",
    ];

    private static readonly Gen<HeldOverride> Held = Gen.Select(Gen.Int[0, Scopes.Length - 1], Gen.Enum<OperatorMode>()).Select((scope, mode) => Of(Scopes[scope], mode));

    // As a state holds them: one for a scope.
    private static readonly Gen<HeldOverride[]> Sets = Held.Array[0, 14].Select(held => held.DistinctBy(one => one.Scope).ToArray());

    [Fact]
    public void Is_total() => Gen.Select(Held, Held, Held).Sample((a, b, c) =>
        Math.Sign(Precedence.Compare(a, b)) == -Math.Sign(Precedence.Compare(b, a))
        && (Precedence.Compare(a, b) != 0 || a.Scope == b.Scope)
        && (Precedence.Compare(a, b) > 0 || Precedence.Compare(b, c) > 0 || Precedence.Compare(a, c) <= 0), iter: 20_000);

    [Fact]
    public void Does_not_depend_on_who_was_first() => Gen.Select(Sets, Gen.Int).Sample(
        (held, seed) => Precedence.Of(Nova, held).SequenceEqual(Precedence.Of(Nova, Shuffled(held, seed))), iter: 5_000);

    [Fact]
    public void Keeps_all_that_covers_the_site_and_nothing_else() => Sets.Sample(
        held => Precedence.Of(Nova, held).ToHashSet().SetEquals(held.Where(one => one.Scope.Covers(Nova))), iter: 5_000);

    [Fact]
    public void An_index_finds_what_a_look_at_all_of_them_finds() => Sets.Sample(
        held => new OverrideIndex(held).Of(Nova).SequenceEqual(Precedence.Of(Nova, held)) && new OverrideIndex(held).IsEmpty == (held.Length == 0), iter: 5_000);

    [Fact]
    public void The_narrowest_wins() => Sets.Sample(
        held => Precedence.Of(Nova, held) is not [var first, ..] || held.Where(one => one.Scope.Covers(Nova)).All(one => one.Scope.Kind <= first.Scope.Kind), iter: 5_000);

    [Theory]
    [InlineData("group:eu=live group:gold=maintenance group:pilot=snapshot", "group:gold")]
    [InlineData("group:eu=live group:pilot=snapshot", "group:pilot")]
    [InlineData("group:eu=auto group:pilot=live", "group:pilot")]
    [InlineData("group:pilot=live group:eu=live", "group:eu")]
    [InlineData("all=maintenance origin:platform=live", "origin:platform")]
    [InlineData("origin:platform=maintenance group:eu=auto", "group:eu")]
    [InlineData("group:eu=maintenance site:nova=auto", "site:nova")]
    [InlineData("site:nova=maintenance site:nova/a=live site:nova/a/b=snapshot", "site:nova/a/b")]
    [InlineData("site:mira=maintenance group:us=maintenance origin:other=maintenance", null)]
    public void Among_several_the_winner_is(string set, string? winner)
    {
        var held = set.Split(' ').Select(one => one.Split('=')).Select(one => Of(one[0], Enum.Parse<OperatorMode>(one[1], ignoreCase: true)));
        Assert.Equal(winner, Precedence.Of(Nova, held).FirstOrDefault()?.Scope.ToString());
    }

    private static HeldOverride Of(string text, OperatorMode mode) =>
        new(OverrideScope.TryParse(text, out var scope) ? scope : throw new FormatException(text), new ModeOverride(mode, "tester", Some.Time));

    private static IEnumerable<HeldOverride> Shuffled(HeldOverride[] held, int seed) => held.OrderBy(one => HashCode.Combine(one.Scope.ToString().Length * 31 + one.Scope.ToString()[^1], seed));
}

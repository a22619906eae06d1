using CsCheck;
using EdgeHost.Sites;
using EdgeHost.SnapshotStore.Operating;

namespace EdgeHost.Tests.Sites;

public sealed class ModeInForceTests
{
    private static readonly ScopedSite Nova = new(Some.SiteId, "platform", ["gold", "eu"]);

    private static readonly string[] Scopes =
        ["all", "origin:platform", "origin:other", "group:gold", "group:eu", "site:nova", "site:mira", "site:nova/a", "site:nova/a/b", "site:nova/ab", "site:mira/a"];

    private static readonly string[] Paths = ["/", "/a", "/a/", "/a/b", "/a/b/c", "/ab", "/abc", "/b"];

    private static readonly Gen<HeldOverride[]> Sets = Gen.Select(Gen.Int[0, Scopes.Length - 1], Gen.Enum<OperatorMode>())
        .Select((scope, mode) => new HeldOverride(Scope(Scopes[scope]), new ModeOverride(mode, "tester", Some.Time)))
        .Array[0, 11].Select(held => held.DistinctBy(one => one.Scope).ToArray());

    [Fact]
    public void A_path_is_in_the_mode_of_the_first_override_that_covers_it() => Gen.Select(Sets, Gen.Int[0, Paths.Length - 1]).Sample((held, at) =>
    {
        var order = Precedence.Of(Nova, held);
        var winner = order.FirstOrDefault(one => one.Scope.CoversPath(Paths[at]));
        var mode = ModeInForce.Of(order).At(Paths[at]);
        return mode.Held == winner && mode.Mode == (winner?.Override.Mode ?? OperatorMode.Auto);
    }, iter: 10_000);

    [Theory]
    [InlineData(OperatorMode.Maintenance, "site:nova")]
    [InlineData(OperatorMode.Auto, null)]
    public void Only_a_mode_that_decides_is_named(OperatorMode mode, string? scope) =>
        Assert.Equal(scope, ModeInForce.Of([new HeldOverride(Scope("site:nova"), new ModeOverride(mode, "tester", Some.Time))]).DecidedBy);

    private static OverrideScope Scope(string text) => OverrideScope.TryParse(text, out var scope) ? scope : throw new FormatException(text);
}

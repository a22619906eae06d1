using System.Collections.Immutable;
using CsCheck;
using EdgeHost.Interlocks;
using EdgeHost.SnapshotStore.Operating;

namespace EdgeHost.Tests.Interlocks;

public sealed class RefusalsTests
{
    private static readonly InterlockOptions Options = new();

    private static readonly SiteFacts Well = new() { Site = "nova", Before = OperatorMode.Auto, After = OperatorMode.Auto, IsOriginUp = true, SnapshotAge = TimeSpan.FromHours(1) };

    private static readonly Gen<SiteFacts> AnySite = Gen.Select(Gen.Enum<OperatorMode>(), Gen.Enum<OperatorMode>(), Gen.Bool, Gen.Int[-1, 40], Gen.Int[0, 2]).Select((before, after, up, days, missing) =>
        new SiteFacts { Site = "nova", Before = before, After = after, IsOriginUp = up, SnapshotAge = days < 0 ? null : TimeSpan.FromDays(days), MissingBodies = missing });

    public static TheoryData<string, OperatorMode, bool, int?, int> Cases => new()
    {
        { "", OperatorMode.Snapshot, true, 13, 0 },
        { "", OperatorMode.Snapshot, false, 14, 0 },
        { "snapshot-missing", OperatorMode.Snapshot, true, null, 0 },
        { "snapshot-stale", OperatorMode.Snapshot, true, 15, 0 },
        { "snapshot-incomplete", OperatorMode.Snapshot, true, 1, 2 },
        { "snapshot-stale snapshot-incomplete", OperatorMode.Snapshot, true, 15, 1 },
        { "", OperatorMode.Live, true, null, 0 },
        { "origin-down", OperatorMode.Live, false, 1, 0 },
        { "", OperatorMode.Maintenance, false, null, 5 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Of_one_site_are(string rules, OperatorMode mode, bool isOriginUp, int? days, int missing)
    {
        var site = Well with { After = mode, IsOriginUp = isOriginUp, SnapshotAge = days is { } age ? TimeSpan.FromDays(age) : null, MissingBodies = missing };
        Assert.Equal(rules, string.Join(' ', Of("site:nova", site).Select(refusal => refusal.Interlock.Name())));
    }

    [Theory]
    [InlineData(10, 0, 2, 20, false)]
    [InlineData(10, 0, 3, 20, true)]
    [InlineData(10, 2, 3, 20, true)]
    [InlineData(10, 5, 4, 20, false)]
    [InlineData(10, 4, 4, 20, false)]
    [InlineData(1, 0, 1, 20, false)]
    [InlineData(3, 0, 1, 0, false)]
    [InlineData(3, 1, 2, 20, true)]
    [InlineData(10, 0, 10, 100, false)]
    public void Too_many_are_unavailable_when_the_share_is_passed_by_the_change(int sites, int before, int after, int percent, bool refused)
    {
        var facts = Enumerable.Range(0, sites).Select(n => Well with
        {
            Site = $"s{n}",
            Before = n < before ? OperatorMode.Maintenance : OperatorMode.Auto,
            After = n < after ? OperatorMode.Maintenance : OperatorMode.Auto,
        });

        var refusals = Refusals.Of(new ChangeFacts(Scope("group:gold"), null, [.. facts]), new InterlockOptions { LargestUnavailablePercent = percent });

        Assert.Equal(refused ? [Interlock.TooManyUnavailable] : [], refusals.Select(refusal => refusal.Interlock));
        Assert.All(refusals, refusal => Assert.Equal(after, refusal.Sites.Length));
    }

    [Theory]
    [InlineData("all", null, true)]
    [InlineData("all", "yes", true)]
    [InlineData("all", "ALL", true)]
    [InlineData("all", "all", false)]
    [InlineData("group:gold", null, false)]
    public void All_sites_are_meant_only_when_it_is_written_out(string scope, string? confirmed, bool refused) =>
        Assert.Equal(refused, Refusals.Of(new ChangeFacts(Scope(scope), confirmed, [Well]), Options).Any(refusal => refusal.Interlock == Interlock.ScopeNotTyped));

    [Fact]
    public void There_are_none_where_nothing_changes() => AnySite.Array[1, 20].Sample(
        sites => Of("site:nova", [.. sites.Select(site => site with { After = site.Before })]).IsEmpty, iter: 2_000);

    [Fact]
    public void A_refusal_names_sites_that_change_and_each_rule_stands_once() => AnySite.Array[1, 20].Sample(
        sites =>
        {
            var named = sites.Select((site, n) => site with { Site = $"s{n}" }).ToArray();
            var refusals = Of("group:gold", named);
            return refusals.Select(refusal => refusal.Interlock).Distinct().Count() == refusals.Length
                && refusals.Where(refusal => refusal.Interlock != Interlock.TooManyUnavailable)
                    .All(refusal => refusal.Sites.Length > 0 && refusal.Sites.All(id => named.Single(site => site.Site == id) is var site && site.After != site.Before));
        }, iter: 2_000);

    [Fact]
    public void Have_the_documented_names() => Assert.Equal(
        ["snapshot-missing", "snapshot-stale", "snapshot-incomplete", "origin-down", "too-many-unavailable", "scope-not-typed"], InterlockNames.All);

    private static ImmutableArray<Refusal> Of(string scope, params SiteFacts[] sites) => Refusals.Of(new ChangeFacts(Scope(scope), null, [.. sites]), Options);

    private static OverrideScope Scope(string text) => OverrideScope.TryParse(text, out var scope) ? scope : throw new FormatException(text);
}

using EdgeHost.Modes;
using EdgeHost.Origins;
using EdgeHost.Sites;
using EdgeHost.SnapshotStore.Operating;
using EdgeHost.SnapshotStore.Sites;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Tests.Modes;

public sealed class ModeLoopTests : IDisposable
{
    private readonly Scratch scratch = new();
    private readonly FakeTimeProvider clock = new(Some.Time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task Works_modes_out_only_when_something_is_not_as_it_was()
    {
        var store = await TestStore.CreateAsync(scratch["store"], clock);
        using var bench = await ModesBench.StartAsync(scratch, store, clock);
        Assert.False(bench.Loop.Apply());

        await store.AppendOpsAsync(OpsRecords.ModeSet(OverrideScope.All, OperatorMode.Snapshot, clock.GetUtcNow().AddHours(1), "kim", "test"));
        await bench.View.CatchUpAsync(false, Cancel);
        Assert.True(bench.Loop.Apply());
        Assert.Equal(OperatorMode.Snapshot, bench.Mode);
        await bench.View.CatchUpAsync(true, Cancel);
        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.False(bench.Loop.Apply());

        await bench.Local.AddAsync(new ModeChange(OverrideScope.All, OperatorMode.Live, clock.GetUtcNow().AddMinutes(10), "kim", "test").ToLocal([], clock.GetUtcNow()), Cancel);
        Assert.True(bench.Loop.Apply());
        Assert.Equal(OperatorMode.Live, bench.Mode);
        Assert.False(bench.Loop.Apply());

        bench.Tables.Apply(Some.Options(("Sites:nova:Name", "Renamed")));
        Assert.True(bench.Loop.Apply());
        Assert.False(bench.Loop.Apply());

        // What is set for this edge ends, and with it what it stood before.
        clock.Advance(TimeSpan.FromMinutes(10));
        Assert.True(bench.Loop.Apply());
        Assert.Equal(OperatorMode.Auto, bench.Mode);
        Assert.False(bench.Loop.Apply());

        clock.AdjustTime(clock.GetUtcNow().AddMinutes(-30));
        Assert.True(bench.Loop.Apply());
        Assert.Equal(OperatorMode.Live, bench.Mode);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("all", false)]
    [InlineData("site:nova", false)]
    [InlineData("site:nova/about", false)]
    [InlineData("site:nova", true)]
    public async Task An_override_ends_when_its_time_has_come_and_not_before(string text, bool isLocal)
    {
        var store = await TestStore.CreateAsync(scratch["store"], clock);
        using var bench = await ModesBench.StartAsync(scratch, store, clock);
        await bench.Loop.StartAsync(Cancel);
        var change = new ModeChange(Scope(text), OperatorMode.Maintenance, clock.GetUtcNow().AddHours(4), "kim", "test") { IsLocal = isLocal, Confirmed = "all" };
        Assert.False((await bench.Changes.MakeAsync(change, Cancel)).Plan.IsRefused);
        var site = bench.Tables.Current.Sites[0].State;
        Assert.Equal(OperatorMode.Maintenance, site.Mode.At("/about").Mode);

        clock.Advance(TimeSpan.FromHours(4) - TimeSpan.FromMilliseconds(1));
        Assert.False(bench.Loop.Apply());
        Assert.Equal(OperatorMode.Maintenance, site.Mode.At("/about").Mode);

        await Wait.UntilAsync("it ends by itself", () =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(1));
            return site.Mode.At("/about").Mode == OperatorMode.Auto;
        });
        Assert.True(clock.GetUtcNow() >= change.ExpiresAt);
        Assert.Empty(bench.Local.State.InForceOn(ModesBench.Edge, clock.GetUtcNow()));
        await bench.Loop.StopAsync(Cancel);
    }

    [Fact(Timeout = 60_000)]
    public async Task Ten_thousand_sites_take_a_thousand_overrides()
    {
        const int Sites = 10_000;
        var state = OpsState.Empty.With(OverrideScope.All, Of(OperatorMode.Live));
        foreach (var n in Enumerable.Range(0, 100))
        {
            state = state.With(Scope($"origin:o{n + 100}"), Of(OperatorMode.Snapshot)).With(Scope($"group:g{n}"), Of(OperatorMode.Maintenance));
        }

        foreach (var n in Enumerable.Range(0, 400))
        {
            state = state.With(Scope($"site:s{n}"), Of(OperatorMode.Auto)).With(Scope($"site:s{n * 2}/shop"), Of(OperatorMode.Maintenance));
        }

        var store = await TestStore.CreateAsync(scratch["store"], clock);
        using var bench = await ModesBench.StartAsync(scratch, store, clock, Options(Sites), state);

        var held = state.Held(clock.GetUtcNow()).ToList();
        Assert.Equal(1001, held.Count);
        for (var n = 0; n < Sites; n += 37)
        {
            var site = bench.Tables.Current.Find(SiteId.Parse($"s{n}"))!;
            Assert.True(site.State.Mode.IsSame(ModeInForce.Of(Precedence.Of(site.Scoped, held))), site.IdText);
        }

        // Each looks at every site. Those that something narrower is set for don't change: 2,000 by group, 1,000 by origin, and 200 by themselves alone.
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(Sites - 3200, bench.Changes.Plan(new ModeChange(OverrideScope.All, OperatorMode.Maintenance, null, "kim", "test")).Effects.Length);
        }
    }

    private static ModeOverride Of(OperatorMode mode) => new(mode, "kim", Some.Time, "test");

    private static OverrideScope Scope(string text) => OverrideScope.TryParse(text, out var scope) ? scope : throw new FormatException(text);

    private static SiteTableOptions Options(int sites) => new()
    {
        Origins = Enumerable.Range(0, 1000).ToDictionary(n => $"o{n}", n => new OriginOptions { Address = $"http://127.0.0.1:{10_000 + n}" }),
        Sites = Enumerable.Range(0, sites).ToDictionary(n => $"s{n}", n => new SiteOptions { Hosts = [$"s{n}.example"], Origin = $"o{n % 1000}", Groups = [$"g{n % 500}"] }),
    };
}

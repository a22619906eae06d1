using EdgeHost.Interlocks;
using EdgeHost.Modes;
using EdgeHost.Replicas;
using EdgeHost.SnapshotStore.Operating;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Tests.Modes;

public sealed class LocalModesTests : IDisposable
{
    private readonly Scratch scratch = new();
    private readonly FakeTimeProvider clock = new(Some.Time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string LocalFile => new ReplicaLayout(scratch["data"]).Local;

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData(OperatorMode.Snapshot, OperatorMode.Live)]
    [InlineData(OperatorMode.Maintenance, null)]
    [InlineData(null, OperatorMode.Maintenance)]
    public async Task The_later_of_two_changes_stands_whatever_the_clock_does_between_them(OperatorMode? first, OperatorMode? second)
    {
        var store = await TestStore.CreateAsync(scratch["store"], clock);
        using var bench = await ModesBench.StartAsync(scratch, store, clock);

        await ChangeAsync(bench, first);
        await bench.Local.TellAsync(Cancel);
        clock.AdjustTime(clock.GetUtcNow().AddHours(-1));
        await ChangeAsync(bench, second);
        Assert.Equal(second ?? OperatorMode.Auto, bench.Mode);
        await bench.Local.TellAsync(Cancel);

        Assert.False(bench.Local.HasPending);
        bench.Loop.Apply();
        Assert.Equal(second ?? OperatorMode.Auto, bench.Mode);
        Assert.Equal(second, (await bench.JournalAsync()).FindOn(ModesBench.Edge, OverrideScope.All)?.Mode);
        Assert.Equal(2, bench.View.Journals!.Ops.Head.Number);
    }

    [Fact]
    public async Task What_the_journal_was_told_is_not_told_again_by_an_edge_that_ended_too_early_to_note_it()
    {
        var store = await TestStore.CreateAsync(scratch["store"], clock);
        using (var bench = await ModesBench.StartAsync(scratch, store, clock))
        {
            await ChangeAsync(bench, OperatorMode.Snapshot);
            await ChangeAsync(bench, OperatorMode.Live);
            var untold = await File.ReadAllBytesAsync(LocalFile, Cancel);
            await bench.Local.TellAsync(Cancel);
            await bench.Local.TellAsync(Cancel);
            // And one more, of which the disk knows nothing.
            await ChangeAsync(bench, OperatorMode.Maintenance);
            await bench.Local.TellAsync(Cancel);
            await File.WriteAllBytesAsync(LocalFile, untold, Cancel);
        }

        using var again = await ModesBench.StartAsync(scratch, store, clock);
        Assert.True(again.Local.HasPending);
        Assert.Equal(OperatorMode.Maintenance, again.Mode);
        await again.Local.TellAsync(Cancel);
        await again.Local.TellAsync(Cancel);

        Assert.False(again.Local.HasPending);
        Assert.Equal(OperatorMode.Maintenance, (await again.JournalAsync()).FindOn(ModesBench.Edge, OverrideScope.All)!.Mode);
        Assert.Equal(3, again.View.Journals!.Ops.Head.Number);
    }

    [Theory]
    [InlineData(-1, OperatorMode.Snapshot, 2)]
    [InlineData(1, OperatorMode.Live, 1)]
    public async Task Of_changes_without_an_id_times_tell(int hours, OperatorMode expected, int records)
    {
        var store = await TestStore.CreateAsync(scratch["store"], clock);
        await store.AppendOpsAsync(OpsRecords.EdgeModeSet(ModesBench.Edge, OverrideScope.All, new ModeOverride(OperatorMode.Live, "kim", clock.GetUtcNow().AddHours(hours), "test")));
        Directory.CreateDirectory(Path.GetDirectoryName(LocalFile)!);
        await File.WriteAllTextAsync(
            LocalFile,
            """{"format":1,"changes":[{"scope":"all","mode":"snapshot","at":"2026-01-31T12:00:00+00:00","expiresAt":null,"actor":"kim","reason":"test","overridden":[]}]}""",
            Cancel);
        using var bench = await ModesBench.StartAsync(scratch, store, clock);
        Assert.True(bench.Local.HasPending);

        await bench.Local.TellAsync(Cancel);

        Assert.Equal(expected, (await bench.JournalAsync()).FindOn(ModesBench.Edge, OverrideScope.All)!.Mode);
        Assert.Equal(records, bench.View.Journals!.Ops.Head.Number);
    }

    [Fact]
    public async Task What_is_of_no_scope_is_dropped_not_without_a_word_and_keeps_nothing_else_back()
    {
        var store = await TestStore.CreateAsync(scratch["store"], clock);
        Directory.CreateDirectory(Path.GetDirectoryName(LocalFile)!);
        const string Change = """{"scope":"SCOPE","mode":"snapshot","at":"2026-01-31T12:00:00+00:00","expiresAt":null,"actor":"kim","reason":"fire","overridden":[]}""";
        await File.WriteAllTextAsync(LocalFile, $$"""{"format":1,"changes":[{{Change.Replace("SCOPE", "rack:7", StringComparison.Ordinal)}},{{Change.Replace("SCOPE", "all", StringComparison.Ordinal)}}]}""", Cancel);
        using var bench = await ModesBench.StartAsync(scratch, store, clock);

        await bench.Local.TellAsync(Cancel);
        await bench.Local.TellAsync(Cancel);

        Assert.False(bench.Local.HasPending);
        var said = Assert.Single(bench.Log.Events);
        Assert.Equal(125, said.Id);
        Assert.Contains("mode snapshot on rack:7 by kim", said.Message, StringComparison.Ordinal);
        Assert.Equal(OperatorMode.Snapshot, (await bench.JournalAsync()).FindOn(ModesBench.Edge, OverrideScope.All)!.Mode);
    }

    [Fact]
    public async Task The_file_is_written_as_it_is_read()
    {
        var files = new ReplicaFiles(new ReplicaLayout(scratch["data"]), NullLogger<ReplicaFiles>.Instance);
        var change = new ModeChange(OverrideScope.All, OperatorMode.Live, null, "kim", "test").ToLocal([], clock.GetUtcNow());
        Assert.Matches("^[0-9a-f]{32}$", change.Id);

        Assert.True(await files.TryWriteLocalAsync([change], Cancel));

        var read = Assert.Single(await files.ReadLocalAsync(Cancel));
        Assert.Equal(change with { Overridden = read.Overridden }, read);
    }

    private async Task ChangeAsync(ModesBench bench, OperatorMode? mode)
    {
        var change = new ModeChange(OverrideScope.All, mode, null, "kim", "test") { IsLocal = true, Confirmed = "all", Overrides = [Interlock.SnapshotMissing] };
        Assert.False((await bench.Changes.MakeAsync(change, Cancel)).Plan.IsRefused);
        clock.Advance(TimeSpan.FromSeconds(1));
    }
}

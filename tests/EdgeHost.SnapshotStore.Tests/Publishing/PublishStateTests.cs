using System.Text.Json;
using EdgeHost.SnapshotStore.Journals;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Publishing;

namespace EdgeHost.SnapshotStore.Tests.Publishing;

public sealed class PublishStateTests
{
    [Fact]
    public void The_first_activation_replaces_nothing()
    {
        var site = Fold(Some.Activation(1, replaces: null));
        Assert.Equal(Some.Reference(1), site.Active);
        Assert.Equal(ExportOutcome.Activated, site.LastExport!.Outcome);
    }

    [Fact]
    public void An_activation_that_replaces_what_is_no_longer_active_does_not_count()
    {
        var state = FoldAll(Some.Activation(1, null), Some.Activation(2, 1), Some.Activation(3, 1));
        var site = state.Of(Some.Site);
        Assert.Equal(Some.Snapshot(2), site.Active!.Snapshot);
        Assert.Equal(ExportOutcome.Staged, site.LastExport!.Outcome);
        Assert.NotNull(site.Find(Some.Snapshot(3)));
        var conflict = Assert.Single(state.Conflicts);
        Assert.Equal((3, Some.Snapshot(3)), (conflict.Number, conflict.Snapshot));
    }

    [Fact]
    public void A_rollback_pins_until_it_is_unpinned()
    {
        RecordDraft[] rolledBack = [Some.Activation(1, null), Some.Activation(2, 1), Some.Activation(1, 2, pin: true)];
        Assert.Equal((Some.Snapshot(1), true), ActiveOf(rolledBack));
        Assert.Equal((Some.Snapshot(1), true), ActiveOf([.. rolledBack, Some.Activation(3, 1)]));
        Assert.Equal((Some.Snapshot(2), true), ActiveOf([.. rolledBack, Some.Activation(2, 1, pin: true)]));
        var unpinned = PublishRecords.Unpinned(Some.Site, "tester", "well again");
        Assert.Equal((Some.Snapshot(1), false), ActiveOf([.. rolledBack, unpinned]));
        Assert.Equal((Some.Snapshot(3), false), ActiveOf([.. rolledBack, unpinned, Some.Activation(3, 1)]));
    }

    [Fact]
    public void What_was_replaced_is_retained_for_a_day()
    {
        var site = Fold(Some.Activation(1, null), Some.Activation(2, 1), Some.Activation(3, 2));
        Assert.Equal([Some.Snapshot(2), Some.Snapshot(1)], site.Retired.Select(retired => retired.Reference.Snapshot));
        var nextDay = Apply(FoldAll(Some.Activation(1, null), Some.Activation(2, 1)), Some.Activation(3, 2), 3, Some.Time.AddHours(25)).Of(Some.Site);
        Assert.Equal([Some.Snapshot(2)], nextDay.Retired.Select(retired => retired.Reference.Snapshot));
    }

    [Fact]
    public void A_failed_or_staged_export_changes_nothing_that_is_served()
    {
        var site = Fold(Some.Activation(1, null), PublishRecords.Staged(Some.Site, Some.Reference(2), "tester", "pinned"), PublishRecords.ExportFailed(Some.Site, "tester", "the home page was a 500"));
        Assert.Equal(Some.Snapshot(1), site.Active!.Snapshot);
        Assert.Equal((ExportOutcome.Failed, "the home page was a 500"), (site.LastExport!.Outcome, site.LastExport.Detail));
    }

    [Fact]
    public void Every_list_is_bounded()
    {
        var state = PublishState.Empty;
        for (var n = 1; n <= 1000; n++)
        {
            state = Apply(state, Some.Activation(n, n % 2 == 0 ? 9999 : state.Of(Some.Site).Active is { } active ? IndexOf(active) : null), n, Some.Time.AddSeconds(n));
        }

        var site = state.Of(Some.Site);
        Assert.True(site.Published.Length <= 50 && site.Retired.Length <= 288 && state.Conflicts.Length <= 50);
        static int IndexOf(SnapshotReference reference) => Convert.ToInt32(reference.Snapshot.ToString()[^8..], 16);
    }

    [Theory]
    [InlineData("""null""")]
    [InlineData("""{}""")]
    [InlineData("""[]""")]
    [InlineData("""{"site":"nova","reference":null,"pin":false}""")]
    [InlineData("""{"site":null,"reference":{"snapshot":"20260131t120000z-00000001","manifest":"00","capturedAt":"2026-01-31T12:00:00Z","entries":1},"pin":false}""")]
    [InlineData("""{"site":"../x","pin":false}""")]
    public void Data_that_can_not_be_read_are_not_known(string data)
    {
        foreach (var type in new[] { "activated", "staged" })
        {
            Assert.Null(PublishState.Empty.Apply(Record(new RecordDraft(type, true, "tester", null, JsonDocument.Parse(data).RootElement), 1, Some.Time)));
        }
    }

    private static SitePublication Fold(params RecordDraft[] drafts) => FoldAll(drafts).Of(Some.Site);

    private static (SnapshotId?, bool) ActiveOf(RecordDraft[] drafts) => Fold(drafts) is var site ? (site.Active?.Snapshot, site.Pinned) : default;

    private static PublishState FoldAll(params RecordDraft[] drafts)
    {
        var state = PublishState.Empty;
        for (var n = 0; n < drafts.Length; n++)
        {
            state = Apply(state, drafts[n], n + 1, Some.Time.AddMinutes(n));
        }

        return state;
    }

    private static PublishState Apply(PublishState state, RecordDraft draft, int number, DateTimeOffset at) => state.Apply(Record(draft, number, at))!;

    internal static JournalRecord Record(RecordDraft draft, int number, DateTimeOffset at) => new()
    {
        Format = 1,
        Store = "store",
        Number = number,
        Id = "id",
        Previous = "",
        At = at,
        Actor = draft.Actor,
        Reason = draft.Reason,
        Type = draft.Type,
        MustUnderstand = draft.MustUnderstand,
        Data = draft.Data,
    };
}

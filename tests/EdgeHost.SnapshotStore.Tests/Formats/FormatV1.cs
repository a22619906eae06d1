using System.Text;
using System.Text.Json;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Identity;
using EdgeHost.SnapshotStore.Journals;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Operating;
using EdgeHost.SnapshotStore.Publishing;
using EdgeHost.SnapshotStore.Sites;
using EdgeHost.SnapshotStore.Targets;

namespace EdgeHost.SnapshotStore.Tests.Formats;

/// <summary>What the files under v1 hold, as values. A file there is never changed: stores in the field hold such objects for ever.</summary>
internal static class FormatV1
{
    public const string Store = "5f0c9c0f3f7c4d2e8a1b6c5d4e3f2a10";

    private const string Edge = "0123456789abcdef0123456789abcdef";

    public static StoreIdentity Identity { get; } = new() { Id = Store, CreatedAt = Some.Time };

    /// <summary>Written out, so that a changed default does not change what version 1 meant.</summary>
    public static SnapshotManifest Manifest { get; } = Some.Manifest() with { Query = new QueryPolicy { Drop = ["utm_*", "fbclid"], Sort = true } };

    /// <summary>One record of each type, each chained to the one before it.</summary>
    public static IReadOnlyList<(string Name, JournalRecord Record)> PublishRecordsInOrder { get; } = Chain(
    [
        ("activated", PublishRecords.Activated(Some.Site, Some.Reference(1), null, false, "export@build-1", null)),
        ("activated-again", PublishRecords.Activated(Some.Site, Some.Reference(2), Some.Snapshot(1), false, "export@build-1", "nightly")),
        ("activated-pinned", PublishRecords.Activated(Some.Site, Some.Reference(1), Some.Snapshot(2), true, "ann@desk", "the new menu is broken")),
        ("staged", PublishRecords.Staged(Some.Site, Some.Reference(3), "export@build-1", "the site is pinned")),
        ("unpinned", PublishRecords.Unpinned(Some.Site, "ann@desk", "menu mended")),
        ("export-failed", PublishRecords.ExportFailed(Some.Site, "export@build-1", "the home page was a 500")),
    ]);

    public static IReadOnlyList<(string Name, JournalRecord Record)> OpsRecordsInOrder { get; } = Chain(
    [
        ("mode-set", OpsRecords.ModeSet(OverrideScope.Of(SiteId.Parse("nova")), OperatorMode.Snapshot, Some.Time.AddHours(2), "ann@desk", "drill")),
        ("mode-set-all", OpsRecords.ModeSet(OverrideScope.All, OperatorMode.Maintenance, null, "ann@desk", "move")),
        ("mode-cleared", OpsRecords.ModeCleared(OverrideScope.All, "ann@desk", "moved")),
    ]);

    /// <summary>What later versions of the same format write. Of these the first stops at a scope that it does not know and says so, and passes over what changes nothing.</summary>
    public static IReadOnlyList<(string Name, JournalRecord Record)> LaterOpsRecordsInOrder { get; } = Chain(
    [
        ("mode-set-origin", OpsRecords.ModeSet(Scope("origin:platform"), OperatorMode.Live, null, "ann@desk", "moved")),
        ("mode-set-group", OpsRecords.ModeSet(Scope("group:gold"), OperatorMode.Snapshot, Some.Time.AddHours(4), "ann@desk", "upgrade")),
        ("mode-set-path", OpsRecords.ModeSet(Scope("site:nova/shop"), OperatorMode.Maintenance, null, "ann@desk", "stocktaking")),
        ("mode-cleared-origin", OpsRecords.ModeCleared(Scope("origin:platform"), "ann@desk", "done")),
        ("mode-set-overridden", OpsRecords.ModeSet(Scope("site:nova"), OperatorMode.Snapshot, null, "ann@desk", "old is better than nothing", ["snapshot-stale"])),
        ("mode-cleared-overridden", OpsRecords.ModeCleared(OverrideScope.All, "ann@desk", "done", ["scope-not-typed"])),
        ("change-refused", OpsRecords.ChangeRefused(OverrideScope.All, OperatorMode.Maintenance, "ann@desk", "move", ["too-many-unavailable", "scope-not-typed"])),
        ("edge-mode-set", OpsRecords.EdgeModeSet(Edge, Scope("group:gold"), new ModeOverride(OperatorMode.Snapshot, "ann@desk", Some.Time.AddHours(-1), "fire", Some.Time.AddHours(3)), ["snapshot-stale"])),
        ("edge-mode-set-all", OpsRecords.EdgeModeSet(Edge, OverrideScope.All, new ModeOverride(OperatorMode.Live, "ann@desk", Some.Time.AddHours(-1), "fire"))),
        ("edge-mode-cleared", OpsRecords.EdgeModeCleared(Edge, OverrideScope.All, Some.Time.AddMinutes(-1), "ann@desk", "out")),
        ("end-refused", OpsRecords.ChangeRefused(OverrideScope.All, null, "ann@desk", "done", ["scope-not-typed"])),
    ]);

    /// <summary>With ids of an edge's own changes, which the records above lack.</summary>
    public static IReadOnlyList<(string Name, JournalRecord Record)> LatestOpsRecordsInOrder { get; } = Chain(
    [
        ("edge-mode-set-change", OpsRecords.EdgeModeSet(Edge, Scope("group:gold"), new ModeOverride(OperatorMode.Live, "ann@desk", Some.Time, "fire"), [], "00000000000000000000000000000aa1")),
        ("edge-mode-cleared-change", OpsRecords.EdgeModeCleared(Edge, Scope("group:gold"), Some.Time.AddHours(-1), "ann@desk", "out", ["origin-down"], "00000000000000000000000000000aa2")),
    ]);

    public static JournalView<OpsState> LatestOpsView { get; } = View(OpsState.Empty, LatestOpsRecordsInOrder);

    public static JournalView<OpsState> LaterOpsView { get; } = View(OpsState.Empty, LaterOpsRecordsInOrder);

    public static JournalView<PublishState> PublishView { get; } = View(PublishState.Empty, PublishRecordsInOrder);

    public static JournalView<OpsState> OpsView { get; } = View(OpsState.Empty, OpsRecordsInOrder);

    private static OverrideScope Scope(string text) => OverrideScope.TryParse(text, out var scope) ? scope : throw new FormatException(text);

    private static List<(string, JournalRecord)> Chain((string Name, RecordDraft Draft)[] drafts)
    {
        var records = new List<(string, JournalRecord)>();
        var previous = Store;
        foreach (var (name, draft) in drafts)
        {
            var record = new JournalRecord
            {
                Format = 1,
                Store = Store,
                Number = records.Count + 1,
                Id = $"{records.Count + 1:d32}",
                Previous = previous,
                At = Some.Time.AddMinutes(records.Count),
                Actor = draft.Actor,
                Reason = draft.Reason,
                Type = draft.Type,
                MustUnderstand = draft.MustUnderstand,
                Data = draft.Data,
            };
            records.Add((name, record));
            previous = BlobHash.Of(RecordFile.Write(record)).Text;
        }

        return records;
    }

    private static JournalView<TState> View<TState>(TState state, IReadOnlyList<(string Name, JournalRecord Record)> records)
        where TState : class, IJournalState<TState>
    {
        foreach (var (_, record) in records)
        {
            state = state.Apply(record)!;
        }

        var last = records[^1].Record;
        return new JournalView<TState>(new JournalHead(Store, last.Number, BlobHash.Of(RecordFile.Write(last)).Text), state, Skipped: false, Blocked: null);
    }

    public static string Text<TState>(JournalView<TState> view)
        where TState : class, IJournalState<TState> => Encoding.UTF8.GetString(Checkpoint.Write(view));

    public static string Json(StoreIdentity identity) => JsonSerializer.Serialize(identity, IdentityJson.Default.StoreIdentity);
}

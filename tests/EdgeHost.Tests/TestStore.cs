using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Directories;
using EdgeHost.SnapshotStore.Identity;
using EdgeHost.SnapshotStore.Journals;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Operating;
using EdgeHost.SnapshotStore.Publishing;

namespace EdgeHost.Tests;

/// <summary>A directory store as the export job and other edges write it.</summary>
internal sealed class TestStore(string directory, TimeProvider? clock = null)
{
    private readonly TimeProvider clock = clock ?? TimeProvider.System;
    private JournalView<PublishState>? publish;
    private JournalView<OpsState>? ops;

    public string Directory => directory;

    public DirectorySnapshotStore Store { get; } = new(directory);

    public string Id { get; private set; } = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<TestStore> CreateAsync(string directory, TimeProvider? clock = null)
    {
        var store = new TestStore(directory, clock);
        store.Id = (await StoreIdentity.InitAsync(store.Store, store.clock, Cancel)).Identity.Id;
        return store;
    }

    /// <summary>Uploads a snapshot and makes it the active one.</summary>
    public async Task<SnapshotReference> PublishAsync(SnapshotDraft draft)
    {
        foreach (var (hash, content) in draft.Blobs)
        {
            await Store.CreateAsync(StoreKeys.Blob(Some.SiteId, hash), content, Cancel);
        }

        var manifest = ManifestFile.Write(draft.Manifest);
        await Store.CreateAsync(StoreKeys.Manifest(Some.SiteId, draft.Manifest.Snapshot), manifest, Cancel);
        var reference = new SnapshotReference(draft.Manifest.Snapshot, BlobHash.Of(manifest), draft.Manifest.CapturedAt, draft.Manifest.Entries.Length);
        await AppendPublishAsync(state => PublishRecords.Activated(Some.SiteId, reference, state.Of(Some.SiteId).Active?.Snapshot, false, "tester", null));
        return reference;
    }

    public async Task AppendPublishAsync(Func<PublishState, RecordDraft> decide)
    {
        var journal = new Journal<PublishState>(Store, clock);
        (publish, _) = await journal.AppendAsync(publish ?? await journal.OpenAsync(Id, Cancel), decide, Cancel);
    }

    public async Task AppendOpsAsync(RecordDraft draft)
    {
        var journal = new Journal<OpsState>(Store, clock);
        (ops, _) = await journal.AppendAsync(ops ?? await journal.OpenAsync(Id, Cancel), _ => draft, Cancel);
    }

    public Task SetModeAsync(OperatorMode mode) => AppendOpsAsync(OpsRecords.ModeSet(OverrideScope.Of(Some.SiteId), mode, null, "tester", "test"));

    public string PathOf(BlobHash hash) => Path.Combine(directory, StoreKeys.Blob(Some.SiteId, hash));
}

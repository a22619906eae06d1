using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Publishing;
using StaticExport.Capturing;

namespace StaticExport.Publishing;

/// <summary>
/// Brings a captured site into the store and activates it:
/// 1. plan, 2. upload the blobs that are missing, 3. write the manifest, 4. look again that every blob is there, 5. append to the journal.
/// Only the last step changes what visitors see, and everything before it adds objects that nobody reads yet.
/// </summary>
internal sealed class SnapshotPublisher(PublishingStore publishing, IProgress<PublishProgress>? progress = null)
{
    private readonly ISnapshotStore store = publishing.Store;
    private readonly ObjectCreation creation = new(publishing.Store, publishing.Clock);

    /// <summary>Whether the last step was begun: what happens from then on may happen after the activation.</summary>
    public bool HasBegunToActivate { get; private set; }

    /// <exception cref="StoreException">The store failed. Active is what was active, save when the failure is of the last step and <see cref="StoreFailure.Unreachable"/>: then that is unknown.</exception>
    /// <exception cref="IOException">A captured body can't be read any more. Active is what was active.</exception>
    /// <exception cref="OperationCanceledException">Active is what was active.</exception>
    public async Task<PublishResult> PublishAsync(CapturedSite site, string actor, string? reason, CancellationToken cancellationToken)
    {
        // :: Step 1: plan
        Report(PublishStep.Planning);
        var active = await ActiveSnapshot.ReadAsync(publishing, site.Site, cancellationToken);
        var presence = new BlobPresence(store, site.Site);
        var present = await presence.FindAsync(WorthAsking(site, active), cancellationToken);
        var plan = UploadPlan.For(site, active, present.Contains);

        // :: Step 2: upload
        var uploader = new BlobUploader(creation, site.Site, present, progress);
        var stored = await uploader.UploadAsync(plan, cancellationToken);

        // :: Step 3: manifest
        Report(PublishStep.WritingManifest);
        var manifest = new ManifestAssembly(plan, stored).Assemble(site, SnapshotId.New(site.CapturedAt));
        var reference = await WriteAsync(manifest, cancellationToken);

        // :: Step 4: look again, since an activated snapshot with a hole would be served
        Report(PublishStep.Checking);
        var bodies = manifest.AllBodies().ToList();
        await CheckAsync(presence, bodies, cancellationToken);

        // :: Step 5: activate
        Report(PublishStep.Activating);
        cancellationToken.ThrowIfCancellationRequested();
        HasBegunToActivate = true;
        var (outcome, detail, number) = await AppendAsync(site, reference, actor, reason);
        return new PublishResult
        {
            Snapshot = reference.Snapshot,
            Outcome = outcome,
            Detail = detail,
            Record = number,
            ManifestHash = reference.Manifest,
            Entries = reference.Entries,
            BlobsUploaded = uploader.Uploaded,
            BlobsPresent = bodies.Count - uploader.Uploaded,
            BytesUploaded = uploader.Bytes,
            BytesTotal = bodies.Sum(body => body.Length),
        };
    }

    private static HashSet<BlobHash> WorthAsking(CapturedSite site, SnapshotManifest? active) =>
    [
        .. UploadPlan.AllAnswers(site).Select(answer => answer.Body).OfType<SpooledBody>().Select(body => body.Hash),
        .. UploadPlan.AllAnswers(site).Select(answer => answer.KeptEntry).OfType<ManifestEntry>().SelectMany(entry => entry.Bodies).Select(body => body.Hash),
        .. (active?.AllBodies() ?? []).Select(body => body.Hash),
    ];

    private async Task<SnapshotReference> WriteAsync(SnapshotManifest manifest, CancellationToken cancellationToken)
    {
        var content = ManifestFile.Write(manifest);
        // What an edge would refuse must not be activated: read it as an edge does.
        ManifestFile.Read(content, BlobHash.Of(content));
        var key = StoreKeys.Manifest(manifest.Site, manifest.Snapshot);
        await creation.EnsureAsync(key, () => new MemoryStream(content, writable: false), cancellationToken);
        var reference = new SnapshotReference(manifest.Snapshot, BlobHash.Of(content), manifest.CapturedAt, manifest.AllEntries().Count());
        await publishing.ReadManifestAsync(manifest.Site, reference, cancellationToken);
        return reference;
    }

    private async Task CheckAsync(BlobPresence presence, List<StoredBody> bodies, CancellationToken cancellationToken)
    {
        var missing = await presence.FindMissingAsync([.. bodies.Select(body => body.Hash)], cancellationToken);
        if (missing.Count > 0)
        {
            throw new StoreException(
                StoreFailure.Invalid,
                $"{missing.Count} blobs that were uploaded or had been there are not in {store.Location}, {missing[0]} among them: something deletes from the store. Nothing was activated.");
        }
    }

    private async Task<(PublishOutcome Outcome, string? Detail, long Number)> AppendAsync(
        CapturedSite site, SnapshotReference reference, string actor, string? reason)
    {
        var decision = default(Activation);
        var (_, record) = await publishing.Journal.AppendAsync(
            publishing.View,
            state =>
            {
                decision = Activation.For(state.Of(site.Site), publishing.ActiveOf(site.Site));
                return decision.Outcome == PublishOutcome.Activated
                    ? PublishRecords.Activated(site.Site, reference, publishing.ActiveOf(site.Site)?.Snapshot, pin: false, actor, reason)
                    : PublishRecords.Staged(site.Site, reference, actor, reason is null ? decision.Detail : $"{decision.Detail} ({reason})");
            },
            // Broken off in the middle, nobody could say whether the record is there.
            CancellationToken.None);
        return (decision.Outcome, decision.Detail, record!.Number);
    }

    private void Report(PublishStep step) => progress?.Report(new PublishProgress(step, 0, 0));
}

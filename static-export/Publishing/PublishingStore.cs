using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Identity;
using EdgeHost.SnapshotStore.Journals;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Publishing;
using EdgeHost.SnapshotStore.Sites;

namespace StaticExport.Publishing;

/// <summary>
/// A store as an export sees it from its beginning to its end. <see cref="View"/> is how the journal was when the export began:
/// what it names as active is what the export's activation replaces.
/// </summary>
internal sealed record PublishingStore(ISnapshotStore Store, TimeProvider Clock, StoreIdentity Identity, JournalView<PublishState> View)
{
    public Journal<PublishState> Journal { get; } = new(Store, Clock);

    /// <exception cref="StoreException">The store can't be read, has no <c>store.json</c>, or is damaged.</exception>
    public static async Task<PublishingStore> OpenAsync(ISnapshotStore store, TimeProvider clock, CancellationToken cancellationToken)
    {
        var identity = await StoreIdentity.ReadAsync(store, cancellationToken);
        var view = await new Journal<PublishState>(store, clock).OpenAsync(identity.Id, cancellationToken);
        return view.Blocked is null
            ? new PublishingStore(store, clock, identity, view)
            : throw new StoreException(StoreFailure.Invalid, $"Nothing can be published to {store.Location}: {view.Blocked}");
    }

    public SnapshotReference? ActiveOf(SiteId site) => View.State.Of(site).Active;

    /// <inheritdoc cref="PublishedSnapshot.ReadManifestAsync"/>
    public Task<SnapshotManifest> ReadManifestAsync(SiteId site, SnapshotReference reference, CancellationToken cancellationToken) =>
        PublishedSnapshot.ReadManifestAsync(Store, site, reference, cancellationToken);

    /// <summary>Puts on record that an export ended without a snapshot. What was active stays so.</summary>
    public async Task RecordFailureAsync(SiteId site, string actor, string why, CancellationToken cancellationToken) =>
        await Journal.AppendAsync(View, _ => PublishRecords.ExportFailed(site, actor, why), cancellationToken);
}

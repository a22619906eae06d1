using EdgeHost.SnapshotStore.Journals;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.SnapshotStore.Publishing;

/// <summary>Every snapshot that the journal <c>publish</c> names. The fold keeps only the newest of a site; the records name them all.</summary>
public static class PublishedReferences
{
    /// <summary>Reads each record from the first on. A snapshot that several records name comes as often.</summary>
    /// <exception cref="StoreException"><see cref="StoreFailure.Damaged"/>: a record does not follow from the one before it. Those before it have been returned.</exception>
    public static IAsyncEnumerable<(SiteId Site, SnapshotReference Reference)> ReadAsync(Journal<PublishState> journal, string storeId, CancellationToken cancellationToken) =>
        journal.RecordsAsync(storeId, cancellationToken).Select(PublishRecords.ReferenceIn).Where(named => named is not null).Select(named => named!.Value);
}

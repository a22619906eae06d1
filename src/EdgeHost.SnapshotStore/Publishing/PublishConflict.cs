using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.SnapshotStore.Publishing;

/// <summary>An activation that did not count, because what it meant to replace was no longer active, or the site was pinned.</summary>
/// <param name="Number">The record's number.</param>
/// <param name="Site">The site.</param>
/// <param name="Snapshot">The snapshot that is not active for it.</param>
/// <param name="Detail">For people: what stood against it.</param>
public sealed record PublishConflict(long Number, SiteId Site, SnapshotId Snapshot, string Detail);

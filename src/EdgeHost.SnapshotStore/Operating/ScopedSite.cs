using System.Collections.Immutable;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.SnapshotStore.Operating;

/// <summary>What decides which overrides hold for a site.</summary>
/// <param name="Id">The site.</param>
/// <param name="Origin">The name of its origin.</param>
/// <param name="Groups">The groups that it belongs to.</param>
public sealed record ScopedSite(SiteId Id, string Origin, ImmutableArray<string> Groups);

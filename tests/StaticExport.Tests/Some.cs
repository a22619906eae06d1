using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Publishing;
using EdgeHost.SnapshotStore.Sites;

namespace StaticExport.Tests;

/// <summary>Values for tests that care about one thing of them.</summary>
internal static class Some
{
    public static readonly SiteId Site = SiteId.Parse("nova");

    public static readonly DateTimeOffset Time = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    public static SnapshotId Snapshot(int n) => SnapshotId.Parse($"20260131t120000z-{n:x8}");

    public static ManifestEntry Entry(string key, params StoredBody[] bodies) =>
        new() { Key = key, Status = 200, Kind = EntryKind.Document, ContentType = "text/html; charset=utf-8", CapturedAt = Time, Bodies = [.. bodies] };

    public static SnapshotReference Reference(int n) => new(Snapshot(n), BlobHash.Of([(byte)n]), Time.AddMinutes(n), 3);
}

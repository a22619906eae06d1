using System.Collections.Immutable;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Journals;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Operating;
using EdgeHost.SnapshotStore.Publishing;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.SnapshotStore.Tests;

internal static class Some
{
    public static readonly SiteId Site = SiteId.Parse("nova");

    public static readonly DateTimeOffset Time = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    public static SnapshotId Snapshot(int n) => SnapshotId.Parse($"20260131t120000z-{n:x8}");

    public static SnapshotReference Reference(int n) => new(Snapshot(n), BlobHash.Of([(byte)n]), Time.AddMinutes(n), 3);

    public static RecordDraft Activation(int snapshot, int? replaces, bool pin = false) =>
        PublishRecords.Activated(Site, Reference(snapshot), replaces is { } n ? Snapshot(n) : null, pin, "tester", null);

    public static RecordDraft Mode(string site, string reason) => OpsRecords.ModeSet(OverrideScope.Of(SiteId.Parse(site)), OperatorMode.Snapshot, null, "tester", reason);

    public static ManifestEntry Entry(string key, params StoredBody[] bodies) =>
        new() { Key = key, Status = 200, Kind = EntryKind.Document, ContentType = "text/html; charset=utf-8", CapturedAt = Time, Bodies = [.. bodies] };

    public static StoredBody Body(string text, ContentCoding coding = ContentCoding.Identity) => new(coding, BlobHash.Of(System.Text.Encoding.UTF8.GetBytes(text)), text.Length);

    public static SnapshotManifest Manifest() => new()
    {
        Site = Site,
        Snapshot = Snapshot(1),
        CapturedAt = Time,
        Scheme = "https",
        Host = HostName.Parse("www.example.org"),
        Entries =
        [
            Entry("/", Body("home"), Body("home in br", ContentCoding.Brotli)) with { Headers = ImmutableSortedDictionary<string, string>.Empty.Add("x-frame-options", "DENY"), LastModified = Time },
            Entry("/old") with { Status = 301, ContentType = null, Location = "/" },
            Entry("/style.css?v=2", Body("css")) with { Kind = EntryKind.Asset, ContentType = "text/css" },
        ],
        Views =
        [
            new HostView { Scheme = "http", Host = HostName.Parse("www.example.org"), Rule = HostRule.Redirect, RedirectStatus = 301, RedirectTo = "https://www.example.org" },
            new HostView { Scheme = "https", Host = HostName.Parse("m.example.org"), Rule = HostRule.Own, Entries = [Entry("/", Body("mobile"))] },
            new HostView { Scheme = "https", Host = HostName.Parse("example.org"), Rule = HostRule.Same },
        ],
        NotFound = Entry("", Body("nothing here")) with { Status = 404 },
    };
}

using System.Collections.Immutable;
using System.Net;
using System.Text;
using EdgeHost.AccessLogs;
using EdgeHost.Configuration;
using EdgeHost.Decisions;
using EdgeHost.Evidence;
using EdgeHost.Health;
using EdgeHost.Origins;
using EdgeHost.Replicas;
using EdgeHost.Sites;
using EdgeHost.Snapshots;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Publishing;
using EdgeHost.SnapshotStore.Sites;
using EdgeHost.SnapshotStore.Targets;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeHost.Tests;

/// <summary>Values for tests that care about one thing of them.</summary>
internal static class Some
{
    public const string Host = "www.nova.example";

    public static readonly SiteId SiteId = SiteId.Parse("nova");

    public static readonly DateTimeOffset Time = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    public static readonly string Home = Html(string.Concat(Enumerable.Repeat("home as exported ", 20)));

    /// <summary>The home page as the platform answers it: changed since the export, and told for the site's.</summary>
    public static readonly string LiveHome = Html(string.Concat(Enumerable.Repeat("home as it is now ", 20)));

    public static string Html(string text) => $"<!DOCTYPE html>\n<html><body>{text}</body></html>\n";

    public static SnapshotId SnapshotId(int n) => EdgeHost.SnapshotStore.Manifests.SnapshotId.Parse($"20260131t120000z-{n:x8}");

    public static RequestTarget Target(string raw) => RequestTarget.TryParse(raw, out var target, out var error) ? target : throw new FormatException($"{raw}: {error}");

    public static Site Site(string id = "nova", params string[] hosts) => new(
        SiteId.Parse(id),
        id,
        [.. (hosts.Length == 0 ? [Host] : hosts).Select(text => HostPattern.TryParse(text, out var host) ? host : throw new FormatException(text))],
        Origin(),
        Probe.Of(new ProbeOptions(), HostName.Parse(Host)),
        MissPolicy.Unavailable,
        new PathRules([], []),
        TimeSpan.FromSeconds(3),
        new SiteState(Health(), TimeProvider.System));

    public static Origin Origin() => new("platform", new Uri("http://127.0.0.1:9"), new OriginOptions(), Health(), new OriginClient(TimeSpan.FromSeconds(2), TimeProvider.System), TimeProvider.System);

    public static HealthState Health() => new(new HealthRules(), TimeProvider.System);

    /// <summary>Options that are right.</summary>
    public static Dictionary<string, string?> Settings() => new()
    {
        ["Store:Location"] = "/srv/snapshots",
        ["Origins:platform:Address"] = "http://127.0.0.1:9",
        ["Sites:nova:Name"] = "Nova Talents",
        ["Sites:nova:Hosts:0"] = Host,
        ["Sites:nova:Origin"] = "platform",
    };

    public static (EdgeOptions Options, IReadOnlyList<string> Errors) Read(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var configuration = new Microsoft.Extensions.Configuration.ConfigurationManager();
        Microsoft.Extensions.Configuration.MemoryConfigurationBuilderExtensions.AddInMemoryCollection(
            configuration, settings.Select(pair => new KeyValuePair<string, string?>($"{ConfigurationErrors.Section}:{pair.Key}", pair.Value)));
        return EdgeConfiguration.Read(configuration);
    }

    public static EdgeOptions Options(params (string Key, string? Value)[] changes)
    {
        var settings = Settings();
        foreach (var (key, value) in changes)
        {
            settings[key] = value;
        }

        var (options, errors) = Read(settings);
        Assert.Empty(errors);
        return options;
    }

    public static StoredBody Body(string text, ContentCoding coding = ContentCoding.Identity) => new(coding, BlobHash.Of(Encoding.UTF8.GetBytes(text)), Encoding.UTF8.GetByteCount(text));

    public static ManifestEntry Entry(string key, params StoredBody[] bodies) =>
        new() { Key = key, Status = 200, Kind = EntryKind.Document, ContentType = "text/html; charset=utf-8", CapturedAt = Time, Bodies = [.. bodies] };

    public static SnapshotManifest Manifest(int n, params ManifestEntry[] entries) => new()
    {
        Site = SiteId,
        Snapshot = SnapshotId(n),
        CapturedAt = Time,
        Scheme = "http",
        Host = HostName.Parse(Host),
        Entries = [.. entries],
    };

    public static SnapshotReference Reference(SnapshotManifest manifest) => new(manifest.Snapshot, BlobHash.Of(ManifestFile.Write(manifest)), manifest.CapturedAt, manifest.Entries.Length);

    public static SiteSnapshot Snapshot(SnapshotManifest manifest, params BlobHash[] missing) =>
        new(Shelved(manifest, missing), ServedSnapshot.Of(manifest, Reference(manifest), missing.ToHashSet()).Answers, RetiredAssets.None);

    /// <summary>What such a one holds.</summary>
    public static ShelvedSnapshot Shelved(SnapshotManifest manifest, params BlobHash[] missing) => new(manifest, Reference(manifest), missing.ToHashSet());

    /// <summary>A request with everything that a line of the access log can say.</summary>
    public static readonly AccessRecord AccessRecord = new()
    {
        At = Time.AddMilliseconds(123),
        Duration = TimeSpan.FromMilliseconds(1.2346),
        Decision = new Decision(DecisionKind.Snapshot, DecisionReason.OriginDown),
        Method = "GET",
        Target = "/a?b=c",
        Protocol = "HTTP/1.1",
        Status = 200,
        Host = "www.nova.example",
        Site = "nova",
        Scope = "site:nova",
        Snapshot = "20260131t120000z-00000001",
        Client = IPAddress.Parse("203.0.113.9"),
        UserAgent = "curl/8",
        Problem = "connection-refused",
        Size = 42,
    };

    /// <summary>A site with one of everything that a snapshot can hold.</summary>
    public static SnapshotDraft Draft(int n = 1) => new SnapshotDraft(n)
        .Page("/", Home, codings: true)
        .Page("/about", Html("about as exported"))
        .Page("/search?q=a", Html("search as exported"))
        .Page("/a%2Fb", Html("encoded slash as exported"))
        .Asset("/style.css", "text/css", "body { color: black }\n", modified: Time)
        .Asset("/film.mp4", "video/mp4", string.Concat(Enumerable.Range(0, 300_000).Select(i => $"{i % 100_000:D5}")))
        .Asset("/empty.txt", "text/plain", "")
        .Redirect("/old", 301, "/about")
        .Page("/gone", Html("gone as exported"), status: 410)
        .NotFound(Html("no such page as exported"));

    public static ImmutableArray<T> Array<T>(params T[] items) => [.. items];
}

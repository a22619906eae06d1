using System.Collections.Immutable;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Sites;
using EdgeHost.SnapshotStore.Targets;

namespace StaticExport.Capturing;

/// <summary>What a crawl brought home: everything that a snapshot is made of.</summary>
internal sealed record CapturedSite
{
    public required SiteId Site { get; init; }

    public required string Scheme { get; init; }

    public required HostName Host { get; init; }

    public required DateTimeOffset CapturedAt { get; init; }

    public required QueryPolicy Query { get; init; }

    public required ImmutableArray<CapturedAnswer> Answers { get; init; }

    /// <summary>The site's other schemes and hosts.</summary>
    public ImmutableArray<CapturedView> Views { get; init; } = [];

    /// <summary>What the site answers for a page that does not exist.</summary>
    public CapturedAnswer? NotFound { get; init; }
}

/// <summary>What was seen on another scheme or host; see <see cref="HostView"/>.</summary>
internal sealed record CapturedView(string Scheme, HostName Host, HostRule Rule, int? RedirectStatus, string? RedirectTo, ImmutableArray<CapturedAnswer> Answers);

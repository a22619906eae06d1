using System.Collections.Immutable;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.SnapshotStore.Manifests;

/// <summary>What was seen on one scheme and host of a site other than the canonical ones.</summary>
public sealed record HostView
{
    /// <summary><c>http</c> or <c>https</c>.</summary>
    public required string Scheme { get; init; }

    public required HostName Host { get; init; }

    public required HostRule Rule { get; init; }

    /// <summary>For <see cref="HostRule.Redirect"/>: the status, 301, 302, 303, 307 or 308.</summary>
    public int? RedirectStatus { get; init; }

    /// <summary>For <see cref="HostRule.Redirect"/>: what stands before the request's own path and query, such as <c>https://www.example.org</c>.</summary>
    public string? RedirectTo { get; init; }

    /// <summary>For <see cref="HostRule.Own"/>: the answers on this view.</summary>
    public ImmutableArray<ManifestEntry> Entries { get; init => field = value.IsDefault ? [] : value; } = [];
}

using System.Collections.Frozen;
using System.Collections.Immutable;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Publishing;
using EdgeHost.SnapshotStore.Sites;
using EdgeHost.SnapshotStore.Targets;

namespace EdgeHost.Snapshots;

/// <summary>A snapshot as it is served: immutable, made from a manifest, replaced whole.</summary>
internal sealed class SiteSnapshot
{
    // More parameters than any page has: such a target is somebody's try to keep us busy, and is not in the snapshot.
    private const int MostQueryParts = 200;

    private readonly FrozenDictionary<string, SnapshotEntry> entries;
    private readonly ImmutableArray<(string Name, HostView View, FrozenDictionary<string, SnapshotEntry> Entries)> views;

    /// <param name="manifest">What the snapshot holds.</param>
    /// <param name="reference">What the journal calls it.</param>
    /// <param name="missing">Bodies that could not be had, or not with the right hash: as good as not in the manifest.</param>
    /// <param name="before">The snapshot that this one replaces; bodies that both have stay warm.</param>
    public SiteSnapshot(SnapshotManifest manifest, SnapshotReference reference, IReadOnlySet<BlobHash> missing, SiteSnapshot? before)
    {
        Label = new SnapshotLabel(reference);
        Missing = missing.Count;
        Query = manifest.Query;
        var bodies = before?.AllBodies().DistinctBy(body => (body.Hash, body.Coding)).ToDictionary(body => (body.Hash, body.Coding)) ?? [];
        entries = Prepare(manifest.Entries);
        DocumentCount = Documents.Count();
        Home = new PageAddress(manifest.Scheme, manifest.Host.ToString(), RequestTarget.Root);
        views = [.. manifest.Views.Select(view => ($"{view.Scheme}://{view.Host}", view, Prepare(view.Entries)))];
        NotFound = manifest.NotFound is { } notFound && TryPrepare(notFound) is { } page ? new FoundEntry(page, Label) : null;

        FrozenDictionary<string, SnapshotEntry> Prepare(ImmutableArray<ManifestEntry> list) => list
            .Select(entry => (entry.Key, Entry: TryPrepare(entry)))
            .Where(pair => pair.Entry is not null)
            .ToFrozenDictionary(pair => pair.Key, pair => pair.Entry!, StringComparer.Ordinal);

        SnapshotEntry? TryPrepare(ManifestEntry entry)
        {
            var usable = entry.Bodies.Where(body => !missing.Contains(body.Hash)).Select(body => Keep(manifest.Site, body)).ToImmutableArray();
            var hasIdentity = entry.Bodies.IsEmpty || usable.Any(body => body.Coding == ContentCoding.Identity);
            return hasIdentity ? new SnapshotEntry(entry, usable) : null;
        }

        SnapshotBody Keep(SiteId site, StoredBody body)
        {
            if (!bodies.TryGetValue((body.Hash, body.Coding), out var kept))
            {
                bodies.Add((body.Hash, body.Coding), kept = new SnapshotBody(site, body));
            }

            return kept;
        }
    }

    private SiteSnapshot(SiteSnapshot other, RetiredAssets retired)
    {
        (Label, Missing, Query, entries, views, NotFound, DocumentCount, Home) = (other.Label, other.Missing, other.Query, other.entries, other.views, other.NotFound, other.DocumentCount, other.Home);
        Retired = retired;
    }

    public SnapshotLabel Label { get; }

    public SnapshotReference Reference => Label.Reference;

    /// <inheritdoc cref="SnapshotLabel.Id"/>
    public string Id => Label.Id;

    public int Count => entries.Count;

    /// <summary>The home page.</summary>
    public PageAddress Home { get; }

    /// <summary>The pages of the canonical host.</summary>
    public IEnumerable<SnapshotEntry> Documents => entries.Values.Where(entry => entry is { Kind: EntryKind.Document, Status: 200 });

    /// <summary>How many those are.</summary>
    public int DocumentCount { get; }

    /// <summary>How many bodies could not be had.</summary>
    public int Missing { get; }

    /// <summary>The site's own answer for pages that do not exist.</summary>
    public FoundEntry? NotFound { get; }

    /// <summary>What is still answered of the snapshots before this one.</summary>
    public RetiredAssets Retired { get; } = RetiredAssets.None;

    public QueryPolicy Query { get; }

    /// <summary>The answer to a target on one of the site's schemes and hosts, or an earlier snapshot's asset for pages that visitors still hold open; null when there is none.</summary>
    public FoundEntry? Find(string scheme, string authority, RequestTarget target, TimeProvider clock)
    {
        var view = ViewOf(scheme, authority);
        if (view?.View.Rule == HostRule.Redirect)
        {
            return new FoundEntry(Redirect(view.Value.View, target), Label);
        }

        var key = KeyOf(target, Query);
        return key is not null && (view?.Entries ?? entries).TryGetValue(key, out var entry) ? new FoundEntry(entry, Label)
            : Retired.IsEmpty ? null
            : Retired.Find(view?.Name ?? "", target, Query, key, clock.GetUtcNow());
    }

    /// <summary>A page at the host by which the snapshot knows it, however a visitor wrote that; null where it answers with a redirect to another host.</summary>
    public PageAddress? Canonical(PageAddress page) => ViewOf(page.Scheme, page.Authority) switch
    {
        null => page with { Scheme = Home.Scheme, Authority = Home.Authority },
        { View: { Rule: HostRule.Own } own } => page with { Scheme = own.Scheme, Authority = own.Host.ToString() },
        _ => null,
    };

    public SiteSnapshot WithRetired(RetiredAssets retired) => new(this, retired);

    /// <summary>The files that pages load, with the name of their view; empty for the canonical one.</summary>
    public IEnumerable<(string View, string Key, SnapshotEntry Entry)> Assets() => entries.Select(pair => ("", pair.Key, pair.Value))
        .Concat(views.Where(view => view.View.Rule == HostRule.Own).SelectMany(view => view.Entries.Select(pair => (view.Name, pair.Key, pair.Value))))
        .Where(asset => asset.Value is { Kind: EntryKind.Asset, Status: 200 });

    public bool Has(string view, string key) =>
        (view.Length == 0 ? entries : views.FirstOrDefault(own => own.Name == view).Entries)?.ContainsKey(key) == true;

    /// <summary>The key of a target; null for one that no snapshot holds.</summary>
    public static string? KeyOf(RequestTarget target, QueryPolicy policy) =>
        target.Query is { } parameters && parameters.AsSpan().Count('&') >= MostQueryParts ? null : target.Key(policy);

    // Null for the canonical one, and for those that answer as it does.
    private (string Name, HostView View, FrozenDictionary<string, SnapshotEntry> Entries)? ViewOf(string scheme, string authority)
    {
        foreach (var view in views)
        {
            if (view.View.Scheme == scheme && HostName.TryTrim(authority, out var host) && host.Equals(view.View.Host.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return view.View.Rule == HostRule.Same ? null : view;
            }
        }

        return null;
    }

    private IEnumerable<SnapshotBody> AllBodies() =>
        entries.Values.Concat(views.SelectMany(view => view.Entries.Values)).Concat(NotFound is { } notFound ? [notFound.Entry] : []).SelectMany(entry => entry.Bodies);

    private SnapshotEntry Redirect(HostView view, RequestTarget target) => new(
        new ManifestEntry { Key = target.Path, Status = view.RedirectStatus!.Value, Kind = EntryKind.Document, Location = view.RedirectTo + target, CapturedAt = Reference.CapturedAt },
        []);
}

using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Publishing;
using EdgeHost.SnapshotStore.Targets;

namespace EdgeHost.Snapshots;

/// <summary>A snapshot as it is served: immutable, replaced whole. What it holds is read when something is asked of it.</summary>
internal sealed class SiteSnapshot
{
    // More parameters than any page has: such a target is somebody's try to keep us busy, and is not in the snapshot.
    private const int MostQueryParts = 200;

    private readonly ShelvedSnapshot shelved;

    /// <param name="shelved">What it holds.</param>
    /// <param name="count">How many answers that are, on the canonical host; those apart whose bodies are missing.</param>
    /// <param name="retired">What is still answered of the snapshots before this one.</param>
    public SiteSnapshot(ShelvedSnapshot shelved, int count, RetiredAssets retired) => (this.shelved, Count, Retired) = (shelved, count, retired);

    public SnapshotLabel Label => shelved.Label;

    public SnapshotReference Reference => Label.Reference;

    /// <inheritdoc cref="SnapshotLabel.Id"/>
    public string Id => Label.Id;

    public int Count { get; }

    /// <summary>How many bodies could not be had.</summary>
    public int Missing => shelved.Missing.Count;

    /// <inheritdoc cref="ShelvedSnapshot.IsBroken"/>
    public bool IsBroken => shelved.IsBroken;

    /// <summary>What is still answered of the snapshots before this one.</summary>
    public RetiredAssets Retired { get; }

    /// <summary>The home page.</summary>
    public PageAddress Home => shelved.Open() is { Index: var index } ? new PageAddress(index.Scheme, index.Host.ToString(), RequestTarget.Root) : new PageAddress("http", "", RequestTarget.Root);

    /// <summary>The pages of the canonical host.</summary>
    public IEnumerable<SnapshotEntry> Documents => shelved.Open()?.Documents ?? [];

    /// <summary>How many those are, with those whose bodies are missing.</summary>
    public int DocumentCount => shelved.Open()?.Index.Documents ?? 0;

    /// <summary>The site's own answer for pages that do not exist.</summary>
    public FoundEntry? NotFound => shelved.Open()?.NotFound;

    /// <summary>Whether to look for a target takes no reading of files: neither of its own index nor, where it has no answer itself, of those of the snapshots before it.</summary>
    public bool IsAtHandFor(string scheme, string authority, RequestTarget target)
    {
        if (shelved.IsBroken || (shelved.AtHand is { } open && (Retired.IsEmpty || open.Knows(Retired))))
        {
            return true;
        }

        return shelved.AtHand is { } active && (active.ViewOf(scheme, authority) is { View.Rule: HostRule.Redirect }
            || (KeyOf(target, active.Index.Query) is { } key && active.Find(active.ViewOf(scheme, authority)?.Table ?? Indexes.SnapshotIndex.Canonical, key) is not null));
    }

    /// <summary>The answer to a target on one of the site's schemes and hosts, or an earlier snapshot's asset for pages that visitors still hold open; null when there is none.</summary>
    public FoundEntry? Find(string scheme, string authority, RequestTarget target, TimeProvider clock)
    {
        if (shelved.Open() is not { } open)
        {
            return null;
        }

        var view = open.ViewOf(scheme, authority);
        if (view?.View.Rule == HostRule.Redirect)
        {
            return new FoundEntry(Redirect(view.Value.View, target), Label);
        }

        var key = KeyOf(target, open.Index.Query);
        return key is not null && open.Find(view?.Table ?? Indexes.SnapshotIndex.Canonical, key) is { } entry ? new FoundEntry(entry, Label)
            : Retired.IsEmpty ? null
            : Retired.Find(view?.Name ?? "", target, open, key, clock.GetUtcNow());
    }

    /// <summary>A page at the host by which the snapshot knows it, however a visitor wrote that; null where it answers with a redirect to another host.</summary>
    public PageAddress? Canonical(PageAddress page) => shelved.Open()?.ViewOf(page.Scheme, page.Authority) switch
    {
        null => page with { Scheme = Home.Scheme, Authority = Home.Authority },
        { View: { Rule: HostRule.Own } own } => page with { Scheme = own.Scheme, Authority = own.Host.ToString() },
        _ => null,
    };

    public SiteSnapshot WithRetired(RetiredAssets retired) => new(shelved, Count, retired);

    /// <summary>The key of a target; null for one that no snapshot holds.</summary>
    public static string? KeyOf(RequestTarget target, QueryPolicy policy) =>
        target.Query is { } parameters && parameters.AsSpan().Count('&') >= MostQueryParts ? null : target.Key(policy);

    private SnapshotEntry Redirect(HostView view, RequestTarget target) => new(
        new ManifestEntry { Key = target.Path, Status = view.RedirectStatus!.Value, Kind = EntryKind.Document, Location = view.RedirectTo + target, CapturedAt = Reference.CapturedAt },
        []);
}

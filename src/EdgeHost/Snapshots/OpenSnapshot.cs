using System.Collections.Immutable;
using EdgeHost.Indexes;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.Snapshots;

/// <summary>A snapshot whose index is in memory, and of its answers those that have been asked for. Let go of and opened again, it is the same.</summary>
internal sealed class OpenSnapshot
{
    // Of what a made answer takes, roughly: strings for its key, headers, hashes and tags.
    private const int EntryBytes = 500;
    private const int BodyBytes = 350;

    private readonly ShelvedSnapshot shelved;
    private readonly SnapshotShelf? shelf;
    private readonly ImmutableArray<(string Name, HostView View, int Table)> views;
    private volatile SnapshotEntry?[] entries;
    private readonly Lock retiring = new();
    private volatile RetiredTable? retired;

    /// <param name="shelved">Whose it is.</param>
    /// <param name="index">What it holds.</param>
    /// <param name="shelf">Who counts what it takes; null for nobody.</param>
    public OpenSnapshot(ShelvedSnapshot shelved, SnapshotIndex index, SnapshotShelf? shelf)
    {
        this.shelved = shelved;
        this.shelf = shelf;
        Index = index;
        entries = new SnapshotEntry?[index.All];
        views = [.. index.Views.Select((view, n) => ($"{view.Scheme}://{view.Host}", view, SnapshotIndex.Canonical + 1 + n))];
        Weight = LeastWeight;
    }

    public SnapshotIndex Index { get; }

    /// <summary>How many bytes it takes in memory, roughly. The shelf's, as are the next two.</summary>
    public long Weight { get; set; }

    public bool IsShelved { get; set; }

    /// <summary>The shelf's time when it was last asked for something.</summary>
    public int UsedAt { get; set; }

    /// <summary>What it takes with no answer made.</summary>
    public long LeastWeight => Index.Length + (Index.All * 8) + 512;

    /// <summary>The site's answer for pages that do not exist.</summary>
    public FoundEntry? NotFound => Index.NotFound is { } number && EntryAt(number) is { } page ? new FoundEntry(page, shelved.Label) : null;

    /// <summary>The pages of the canonical host, in the order of their keys.</summary>
    public IEnumerable<SnapshotEntry> Documents => Index.In(SnapshotIndex.Canonical)
        .Where(number => Index.KindOf(number) is (EntryKind.Document, 200))
        .Select(EntryAt)
        .OfType<SnapshotEntry>();

    /// <summary>The files that pages load, by number, with the name of their view; empty for the canonical one.</summary>
    public IEnumerable<(string View, int Number)> Assets => views
        .Where(view => view.View.Rule == HostRule.Own)
        .Select(view => (view.Name, view.Table))
        .Prepend(("", SnapshotIndex.Canonical))
        .SelectMany(view => Index.In(view.Item2).Where(number => Index.KindOf(number) is (EntryKind.Asset, 200)).Select(number => (view.Item1, number)));

    /// <summary>The answer to a key in one of the index's tables.</summary>
    public SnapshotEntry? Find(int table, string key) => Index.Find(table, key) is var number and >= 0 ? EntryAt(number) : null;

    /// <summary>An answer by its number; null where its bytes could not be had.</summary>
    public SnapshotEntry? EntryAt(int number) => Volatile.Read(ref entries[number]) ?? Make(number);

    public bool Has(string view, string key)
    {
        var table = view.Length == 0 ? SnapshotIndex.Canonical : views.FirstOrDefault(own => own.Name == view) is { View: not null } found ? found.Table : -1;
        return table >= 0 && Index.Find(table, key) is var number and >= 0 && (shelved.Missing.Count == 0 || EntryAt(number) is not null);
    }

    /// <summary>Null for the canonical one, and for those that answer as it does.</summary>
    public (string Name, HostView View, int Table)? ViewOf(string scheme, string authority)
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

    /// <summary>Whether what it lacks of earlier snapshots' assets has been put together.</summary>
    public bool Knows(RetiredAssets assets) => retired is { } known && known.Assets == assets;

    /// <summary>What it lacks of earlier snapshots' assets, put together when that is first asked for: their indexes are read, by one for all.</summary>
    public RetiredTable Lacking(RetiredAssets assets)
    {
        if (retired is { } known && known.Assets == assets)
        {
            return known;
        }

        lock (retiring)
        {
            if (retired is { } other && other.Assets == assets)
            {
                return other;
            }

            var table = new RetiredTable(assets, this);
            retired = table;
            shelf?.Grew(this, table.Weight);
            return table;
        }
    }

    /// <summary>Forgets the answers that were made.</summary>
    public void Forget() => (entries, retired) = (new SnapshotEntry?[Index.All], null);

    private SnapshotEntry? Make(int number)
    {
        var stored = Index.Read(number);
        var usable = stored.Bodies.Where(body => !shelved.Missing.Contains(body.Hash)).Select(body => new SnapshotBody(shelved.Site, body)).ToImmutableArray();
        if (!stored.Bodies.IsEmpty && !usable.Any(body => body.Coding == ContentCoding.Identity))
        {
            return null;
        }

        var made = new SnapshotEntry(stored, usable);
        if (Interlocked.CompareExchange(ref entries[number], made, null) is { } other)
        {
            return other;
        }

        shelf?.Grew(this, EntryBytes + (usable.Length * BodyBytes));
        return made;
    }
}

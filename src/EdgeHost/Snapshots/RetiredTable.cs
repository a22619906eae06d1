using EdgeHost.SnapshotStore.Targets;

namespace EdgeHost.Snapshots;

/// <summary>
/// Where the assets lie that earlier snapshots have and the active one lacks, the newest of each key: however often a site is published, a miss costs one look-up,
/// and memory only what the snapshots differ in.
/// </summary>
internal sealed class RetiredTable
{
    // Of what a place takes, roughly: its key, and its part of the table.
    private const int PlaceBytes = 200;

    private readonly List<(QueryPolicy Query, Dictionary<(string View, string Key), Place> Places)> byPolicy = [];

    /// <param name="assets">The earlier snapshots.</param>
    /// <param name="active">The active one.</param>
    public RetiredTable(RetiredAssets assets, OpenSnapshot active)
    {
        Assets = assets;
        foreach (var retired in assets.NewestFirst)
        {
            // One that can't be opened costs its assets: they are a courtesy.
            if (retired.Snapshot.Peek() is not { } opened)
            {
                continue;
            }

            var isSame = IsSame(opened.Index.Query, active.Index.Query);
            var places = PlacesOf(opened.Index.Query);
            foreach (var (view, number) in opened.Assets)
            {
                var key = opened.Index.KeyOf(number);
                if (!isSame || !active.Has(view, key))
                {
                    Weight += places.TryAdd((view, key), new Place(retired.Snapshot, number, retired.Until)) ? PlaceBytes : 0;
                }
            }
        }
    }

    public RetiredAssets Assets { get; }

    public int Weight { get; }

    /// <inheritdoc cref="RetiredAssets.Find"/>
    public FoundEntry? Find(string view, RequestTarget target, QueryPolicy active, string? activeKey, DateTimeOffset now)
    {
        foreach (var (query, places) in byPolicy)
        {
            var key = IsSame(query, active) ? activeKey : SiteSnapshot.KeyOf(target, query);
            if (key is not null && places.TryGetValue((view, key), out var place) && now < place.Until && place.Snapshot.Open()?.EntryAt(place.Number) is { } entry)
            {
                return new FoundEntry(entry, place.Snapshot.Label);
            }
        }

        return null;
    }

    private Dictionary<(string View, string Key), Place> PlacesOf(QueryPolicy query)
    {
        // Nearly always one policy: a target's key is made once for each.
        foreach (var (known, places) in byPolicy)
        {
            if (IsSame(known, query))
            {
                return places;
            }
        }

        var added = new Dictionary<(string View, string Key), Place>();
        byPolicy.Add((query, added));
        return added;
    }

    private sealed record Place(ShelvedSnapshot Snapshot, int Number, DateTimeOffset Until);

    // A record compares its arrays by reference, and each manifest brings its own.
    private static bool IsSame(QueryPolicy one, QueryPolicy other) => ReferenceEquals(one, other) || (one.Sort == other.Sort && one.Drop.SequenceEqual(other.Drop));
}

using EdgeHost.Replicas;

namespace EdgeHost.Snapshots;

/// <summary>The snapshots that are in memory, and how much of it they take: those that were not asked for the longest make room for others.</summary>
internal sealed class SnapshotShelf(IndexFiles files, SnapshotOptions options)
{
    private readonly Lock gate = new();
    private readonly Dictionary<ShelvedSnapshot, OpenSnapshot> shelved = [];
    private readonly long most = options.IndexMegabytes * 1024L * 1024L;
    private long weight;

    // No clock: it goes on when something is opened, and a look that changes nothing costs no write.
    private volatile int time;

    /// <summary>How many are open, and what they take in bytes, roughly.</summary>
    public (int Count, long Weight) Held
    {
        get
        {
            lock (gate)
            {
                return (shelved.Count, weight);
            }
        }
    }

    /// <summary>Opens one from the replica and keeps it; null where that can't give it.</summary>
    public OpenSnapshot? Open(ShelvedSnapshot snapshot)
    {
        if (Read(snapshot) is not { } opened)
        {
            return null;
        }

        lock (gate)
        {
            time++;
            Used(opened);
            opened.IsShelved = true;
            shelved[snapshot] = opened;
            snapshot.Put(opened);
            Add(opened, 0, opened.Weight);
        }

        return opened;
    }

    /// <summary>Opens one from the replica without keeping it.</summary>
    public OpenSnapshot? Read(ShelvedSnapshot snapshot) => files.Read(snapshot.Site, snapshot.Reference) is { } index ? new OpenSnapshot(snapshot, index, this) : null;

    public void Used(OpenSnapshot opened)
    {
        var now = time;
        if (opened.UsedAt != now)
        {
            opened.UsedAt = now;
        }
    }

    /// <summary>Something in one was made ready.</summary>
    public void Grew(OpenSnapshot opened, int bytes)
    {
        lock (gate)
        {
            // What a request on its way still holds is nobody's any more.
            if (opened.IsShelved)
            {
                Add(opened, opened.Weight, opened.Weight + bytes);
            }
        }
    }

    private void Add(OpenSnapshot opened, long before, long now)
    {
        opened.Weight = now;
        weight += now - before;
        if (weight > most)
        {
            MakeRoom(opened);
        }
    }

    // Made answers first, the longest unused half's: they are made again in microseconds, and an index is read again. The one that is being asked stays, however large it is.
    private void MakeRoom(OpenSnapshot wanted)
    {
        var enough = most - (most / 8);
        var oldest = shelved.OrderBy(pair => pair.Value.UsedAt).ToList();
        foreach (var (_, opened) in oldest.Take((oldest.Count + 1) / 2))
        {
            opened.Forget();
            weight += opened.LeastWeight - opened.Weight;
            opened.Weight = opened.LeastWeight;
        }

        foreach (var (snapshot, opened) in oldest.Where(pair => pair.Value != wanted).TakeWhile(_ => weight > enough))
        {
            opened.IsShelved = false;
            snapshot.Put(null);
            shelved.Remove(snapshot);
            weight -= opened.Weight;
        }
    }
}

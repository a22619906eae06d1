namespace EdgeHost.Replicas;

/// <summary>How much of the disk the replica takes, and how it is looked after. Read at start only.</summary>
internal sealed class ReplicaOptions
{
    /// <summary>
    /// How much room it may take (blobs, manifests and indexes), in MiB; 0 for no bound: then nothing is ever removed. What sites with <c>Replica: All</c> serve is kept whatever it takes, and the edge says so.
    /// 0 to 1,000,000,000. Default: 0.
    /// </summary>
    public int BudgetMegabytes { get; set; }

    /// <summary>How fast the replica is read through to find files that the disk has damaged, in MiB per second; 0 for never. 0 to 1,000. Default: 5.</summary>
    public int ScrubMegabytesPerSecond { get; set; } = 5;

    /// <summary>How long after the beginning of one reading-through the next begins, at the earliest. 1 h to 365 days. Default: 7 days.</summary>
    public TimeSpan ScrubInterval { get; set; } = TimeSpan.FromDays(7);
}

namespace EdgeHost.Snapshots;

/// <summary>How snapshots are served.</summary>
internal sealed class SnapshotOptions
{
    /// <summary>How much memory bodies may take, in MiB. 1 to 65,536. Default: 256. Read at start only.</summary>
    public int MemoryMegabytes { get; set; } = 256;

    /// <summary>Bodies larger than this are sent from the replica's file and not kept in memory, in KiB. 1 to 65,536. Default: 1,024. Read at start only.</summary>
    public int LargestInMemoryKilobytes { get; set; } = 1024;

    /// <summary>
    /// How much memory the contents of snapshots may take (which pages there are, and their headers), in MiB. Sites that nobody asks for take none. 1 to 65,536. Default: 192. Read at start only.
    /// </summary>
    public int IndexMegabytes { get; set; } = 192;

    /// <summary>What browsers and caches may keep a snapshot answer for: short, so that they come back soon after recovery. 0 to 1 h. Default: 10 s.</summary>
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromSeconds(10);
}

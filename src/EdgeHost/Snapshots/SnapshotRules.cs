using EdgeHost.Configuration;

namespace EdgeHost.Snapshots;

internal static class SnapshotRules
{
    public static void Check(SnapshotOptions options, ConfigurationErrors errors)
    {
        errors.Range("Snapshots:MemoryMegabytes", options.MemoryMegabytes, 1, 65_536);
        errors.Range("Snapshots:LargestInMemoryKilobytes", options.LargestInMemoryKilobytes, 1, 65_536);
        errors.Range("Snapshots:IndexMegabytes", options.IndexMegabytes, 1, 65_536);
        errors.Range("Snapshots:MaxAge", options.MaxAge, TimeSpan.Zero, TimeSpan.FromHours(1));
    }
}

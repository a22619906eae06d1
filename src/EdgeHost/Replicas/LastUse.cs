namespace EdgeHost.Replicas;

/// <summary>When a blob was last needed: the time at which its file was changed, moved on once in <see cref="Grain"/> at most. The content never changes, and times of access are kept by no two machines alike.</summary>
internal static class LastUse
{
    /// <summary>How far it may be behind.</summary>
    public static readonly TimeSpan Grain = TimeSpan.FromMinutes(5);

    public static void Touch(FileInfo file, TimeProvider clock, ReplicaLayout layout)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (now - file.LastWriteTimeUtc < Grain || layout.Format.IsNewer)
        {
            return;
        }

        try
        {
            file.LastWriteTimeUtc = now;
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            // A disk for reading only: nothing is removed from that either.
        }
    }
}

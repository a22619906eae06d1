using EdgeHost.SnapshotStore.Directories;

namespace EdgeHost.Replicas;

/// <summary>Writes into the replica where that can be done. A disk that takes nothing is said once and costs no visitor anything.</summary>
internal sealed partial class ReplicaDisk(ReplicaLayout layout, TimeProvider clock, ILogger log)
{
    // A single path that can't be written, between many that can, must not fill the log.
    private static readonly TimeSpan SayAgainAfter = TimeSpan.FromMinutes(10);

    private readonly Lock telling = new();
    private string? problem;
    private long? saidAt;

    /// <summary>Why nothing can be written; null when all is well.</summary>
    public string? Problem => Volatile.Read(ref problem);

    /// <summary>False when the disk does not take it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="durable">Whether it must outlast a power cut at once, and not only after the next flush.</param>
    /// <param name="write">Writes the content; what it throws of its own must be no fault of a disk.</param>
    /// <param name="cancellationToken">Cancels before the file has its name.</param>
    public async Task<bool> TryWriteAsync(string path, bool durable, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        if (layout.Format.IsNewer)
        {
            return false;
        }

        try
        {
            await (durable ? AtomicFile.ReplaceAsync(path, layout.Temporary, write, cancellationToken) : AtomicFile.ReplaceLazilyAsync(path, layout.Temporary, write, cancellationToken));
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            Fail(e, path);
            return false;
        }

        Succeed();
        return true;
    }

    /// <summary>Takes up what is there, at the start: marks what an earlier version wrote as this one's, and says when a newer one did.</summary>
    public void Open()
    {
        if (layout.Format.IsNewer)
        {
            Volatile.Write(ref problem, $"a newer version wrote it (format {layout.Format}; this one writes {ReplicaFormat.Current})");
            LogNewer(layout.Root, layout.Format.Format, ReplicaFormat.Current);
        }
        else if (layout.Format.IsOlder || !File.Exists(layout.FormatFile))
        {
            Mark();
        }
    }

    private void Mark()
    {
        try
        {
            AtomicFile.ReplaceLazily(layout.FormatFile, layout.Temporary, ReplicaFormat.Mark());
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            Fail(e, layout.FormatFile);
        }
    }

    private void Fail(Exception e, string path)
    {
        lock (telling)
        {
            var isNews = problem is null && (saidAt is not { } said || clock.GetElapsedTime(said) >= SayAgainAfter);
            Volatile.Write(ref problem, e.Message);
            if (!isNews)
            {
                return;
            }

            saidAt = clock.GetTimestamp();
        }

        LogUnwritable(e, path);
    }

    private void Succeed()
    {
        if (Problem is null)
        {
            return;
        }

        lock (telling)
        {
            if (problem is null)
            {
                return;
            }

            Volatile.Write(ref problem, null);
        }

        LogWritable();
    }

    [LoggerMessage(EventId = 305, Level = LogLevel.Error, Message = "The replica can't be written ({Path}): what is not in it is served from memory where it is small, and no new snapshot is taken up. It is tried again")]
    private partial void LogUnwritable(Exception e, string path);

    [LoggerMessage(EventId = 306, Level = LogLevel.Warning, Message = "The replica can be written again")]
    private partial void LogWritable();

    [LoggerMessage(EventId = 307, Level = LogLevel.Error, Message = "The replica {Root} was written by a newer version (format {Format}, this one writes {Known}): it is served from and not written to. Update this edge, or give it another DataDirectory")]
    private partial void LogNewer(string root, int format, int known);
}

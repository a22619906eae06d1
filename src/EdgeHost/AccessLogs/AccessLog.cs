using System.Threading.Channels;

namespace EdgeHost.AccessLogs;

/// <summary>
/// Where requests leave their line. Never waits and never fails: where the writer can't keep up, lines are dropped and counted. Lines are formatted where they arise,
/// each into a lane chosen by its thread, so that threads seldom meet; the writer takes whole lanes.
/// </summary>
internal sealed class AccessLog
{
    private readonly AccessLogLane[] lanes;

    // Wakes the writer, and tells it nothing else: one mark is enough for any number of lines.
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });
    private int isAwake;
    private long dropped;

    public AccessLog(AccessLogOptions options)
    {
        Enabled = options.Path.Length > 0;
        var count = Enabled ? Environment.ProcessorCount : 0;
        lanes = [.. Enumerable.Range(0, count).Select(_ => new AccessLogLane(options.Query, (options.Capacity + count - 1) / count))];
    }

    public bool Enabled { get; }

    /// <summary>How many lines have been dropped since the start.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    public void Write(in AccessRecord record)
    {
        if (!Enabled)
        {
            return;
        }

        if (!lanes[(uint)Environment.CurrentManagedThreadId % (uint)lanes.Length].TryAdd(record))
        {
            Interlocked.Increment(ref dropped);
        }

        if (Volatile.Read(ref isAwake) == 0 && Interlocked.Exchange(ref isAwake, 1) == 0)
        {
            wake.Writer.TryWrite(true);
        }
    }

    /// <summary>Waits until there are lines; false when there will be no more, but for those that still wait.</summary>
    public async ValueTask<bool> WaitAsync() => await wake.Reader.WaitToReadAsync() && wake.Reader.TryRead(out _);

    /// <summary>Takes what has come in, as bytes to be written one after the other; each is good until the next is asked for.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Take()
    {
        // Before the lines are taken: one that comes right after wakes the writer again.
        Volatile.Write(ref isAwake, 0);
        foreach (var lane in lanes)
        {
            if (lane.Take() is { Length: > 0 } lines)
            {
                yield return lines;
            }
        }
    }

    /// <summary>No further lines: the writer finishes what waits.</summary>
    public void Complete() => wake.Writer.TryComplete();
}

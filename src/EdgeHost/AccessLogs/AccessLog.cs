using System.Threading.Channels;

namespace EdgeHost.AccessLogs;

/// <summary>Where requests leave their line. Never waits and never fails: a full queue drops the line and counts it.</summary>
internal sealed class AccessLog
{
    private readonly Channel<AccessRecord> channel;
    private long dropped;

    public AccessLog(AccessLogOptions options)
    {
        Enabled = options.Path.Length > 0;
        channel = Channel.CreateBounded<AccessRecord>(new BoundedChannelOptions(options.Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    }

    public bool Enabled { get; }

    public ChannelReader<AccessRecord> Reader => channel.Reader;

    /// <summary>How many lines have been dropped since the start.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    public void Write(in AccessRecord record)
    {
        if (Enabled && !channel.Writer.TryWrite(record))
        {
            Interlocked.Increment(ref dropped);
        }
    }

    /// <summary>No further lines: the writer finishes what waits.</summary>
    public void Complete() => channel.Writer.TryComplete();
}

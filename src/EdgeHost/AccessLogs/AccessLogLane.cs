namespace EdgeHost.AccessLogs;

/// <summary>Lines that wait to be written. Those who add meet for the time that a line takes to be formatted; the writer takes all that there are by exchanging two buffers.</summary>
/// <param name="withQuery">Whether lines hold the query.</param>
/// <param name="capacity">How many lines may wait.</param>
internal sealed class AccessLogLane(bool withQuery, int capacity)
{
    // Lines are about 300 bytes. Clients that send long ones may not take memory by it.
    private const int BytesPerLine = 1024;

    private readonly Lock gate = new();
    private AccessLogFormat filling = new(withQuery);
    private AccessLogFormat taken = new(withQuery);
    private int count;

    /// <returns>False when there is no room.</returns>
    public bool TryAdd(in AccessRecord record)
    {
        lock (gate)
        {
            if (count >= capacity || filling.Written.Length >= capacity * (long)BytesPerLine)
            {
                return false;
            }

            filling.Add(record);
            count++;
            return true;
        }
    }

    /// <summary>All lines that there are. The bytes are good until the next call.</summary>
    public ReadOnlyMemory<byte> Take()
    {
        lock (gate)
        {
            (filling, taken) = (taken, filling);
            filling.Clear();
            count = 0;
            return taken.Written;
        }
    }
}

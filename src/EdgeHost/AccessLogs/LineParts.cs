namespace EdgeHost.AccessLogs;

/// <summary>
/// The parts of a connection's last line that its next one most likely has, too. To compare what they were made of and copy them takes half as long as to make them again.
/// Used by one request at a time.
/// </summary>
internal sealed class LineParts
{
    /// <summary>What stands between the time and the target.</summary>
    public LinePart<LineHead> Head { get; } = new();

    /// <summary>What stands behind the duration.</summary>
    public LinePart<LineTail> Tail { get; } = new();
}

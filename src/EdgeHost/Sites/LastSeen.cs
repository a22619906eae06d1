namespace EdgeHost.Sites;

/// <summary>When something was last well, and when it last was not.</summary>
internal sealed class LastSeen
{
    private long wellAt;
    private long illAt;

    /// <param name="at">When (<see cref="TimeProvider.GetTimestamp"/>).</param>
    /// <param name="isWell">How it was.</param>
    public void Seen(long at, bool isWell) => Volatile.Write(ref isWell ? ref wellAt : ref illAt, at);

    /// <summary>Whether it has been well after a time, and was so last.</summary>
    public bool PassSince(long since)
    {
        var well = Volatile.Read(ref wellAt);
        return well > since && well > Volatile.Read(ref illAt);
    }
}

namespace EdgeHost.Requests;

/// <summary>
/// Which requests of a connection are answered on a thread of the pool, so that a thread of the sockets gets to its other connections (decision 19). A client that sends its requests ahead
/// of the answers always has the next one ready, and the thread never comes to an end of them; one that waits for an answer leaves the thread by that.
/// </summary>
/// <param name="clock">Counts between an answer and the next request.</param>
internal sealed class Pauses(TimeProvider clock)
{
    /// <summary>Each so many of those that were sent ahead: a few milliseconds of answers from memory.</summary>
    public const int OfAhead = 256;

    /// <summary>Each so many of all: whatever may keep the thread between two requests.</summary>
    public const int OfAll = 1024;

    /// <summary>A request that is there so soon after an answer counts as sent ahead. To send the answer and to read on takes a tenth of it; most networks take longer.</summary>
    public static readonly TimeSpan Near = TimeSpan.FromMicroseconds(250);

    private readonly long near = (long)(Near.TotalSeconds * clock.TimestampFrequency);
    private long answeredAt;
    private bool readsOn;
    private int ahead;
    private int all;

    /// <summary>Counts a request. True where it is to be answered elsewhere.</summary>
    /// <param name="startedAt">When it came (<see cref="TimeProvider.GetTimestamp"/>).</param>
    public bool Count(long startedAt)
    {
        var isAhead = readsOn || startedAt - answeredAt < near;
        ahead += isAhead ? 1 : 0;
        return ++all % OfAll == 0 || (isAhead && ahead % OfAhead == 0);
    }

    /// <param name="at">When a request was answered.</param>
    /// <param name="hadBody">Whether the server reads on before it comes to the next one: however long that takes, it need not have left the thread.</param>
    public void Answered(long at, bool hadBody) => (answeredAt, readsOn) = (at, hadBody);
}

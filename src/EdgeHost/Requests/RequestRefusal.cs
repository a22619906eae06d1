using EdgeHost.Decisions;

namespace EdgeHost.Requests;

/// <summary>Why a request is answered by neither origin nor snapshot, whatever they are like.</summary>
/// <param name="Status">What is answered.</param>
/// <param name="Reason">Why.</param>
/// <param name="Problem">The same in words, for its sender and for the log.</param>
internal readonly record struct RequestRefusal(int Status, DecisionReason Reason, string Problem)
{
    /// <summary>A browser tries it again on a connection of its own (RFC 9110 §15.5.20).</summary>
    public static RequestRefusal Misdirected { get; } = new(StatusCodes.Status421MisdirectedRequest, DecisionReason.Misdirected, "This TLS connection was made for another host.");

    /// <summary>A header that the origin must not see.</summary>
    public static RequestRefusal MalformedHeader { get; } = new(StatusCodes.Status400BadRequest, DecisionReason.BadRequest, "A header is malformed.");

    /// <summary>It would go round for ever (RFC 5842 §7.2, RFC 8586).</summary>
    public static RequestRefusal Loop { get; } = new(StatusCodes.Status508LoopDetected, DecisionReason.Loop, "This request has passed here before: the origin's address leads back to this edge.");

    public Decision Decision => new(DecisionKind.Refused, Reason);
}

namespace StaticExport.Fetching;

/// <summary>Why there is no answer to record.</summary>
/// <param name="Kind">Whose fault, and whether another try may help.</param>
/// <param name="Detail">For people.</param>
/// <param name="RetryAfter">When the origin said how long to wait.</param>
internal sealed record FetchFailure(FetchFailureKind Kind, string Detail, TimeSpan? RetryAfter = null)
{
    /// <summary>Whether nothing came from the origin at all: several of these in a row mean that it is gone.</summary>
    public bool IsSilence => Kind is FetchFailureKind.NotConnected or FetchFailureKind.TimedOut or FetchFailureKind.BrokenOff;
}

internal enum FetchFailureKind
{
    /// <summary>Refused, unreachable, no such name, TLS.</summary>
    NotConnected,

    /// <summary>Longer than the page timeout, from the request to the last byte.</summary>
    TimedOut,

    /// <summary>The connection ended within the answer.</summary>
    BrokenOff,

    /// <summary>A 5xx.</summary>
    ServerError,

    /// <summary>408, 425 or 429: later, perhaps.</summary>
    Throttled,

    /// <summary>The body ends where its kind of file does not, and no two tries gave the same.</summary>
    Truncated,

    /// <summary>Longer than the bound on a body.</summary>
    TooLarge,

    /// <summary>Unpacks to far more than it was sent as.</summary>
    Bomb,

    /// <summary>Not what HTTP allows, or not an answer to what was asked.</summary>
    InvalidAnswer,
}

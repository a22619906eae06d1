namespace EdgeHost.TestParts.Http;

/// <summary>How a response's body ended.</summary>
public enum BodyEnd
{
    /// <summary>By its own framing: a length, the last chunk, or a status without a body.</summary>
    Complete,

    /// <summary>By the end of the connection, which is the framing of a body that has neither length nor chunks: nobody can tell whether it is all.</summary>
    ByClose,

    /// <summary>The connection ended before the framing said so.</summary>
    Cut,
}

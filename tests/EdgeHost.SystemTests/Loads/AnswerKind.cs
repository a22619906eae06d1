namespace EdgeHost.SystemTests.Loads;

/// <summary>What came of one request under load.</summary>
internal enum AnswerKind
{
    /// <summary>Whole, and equal to what the origin gave.</summary>
    Live,

    /// <summary>Whole, and equal to what the store holds.</summary>
    Snapshot,

    /// <summary>The response had begun, and its connection was aborted.</summary>
    CutAfterStart,

    /// <summary>No connection, or none of a response.</summary>
    ConnectionError,

    /// <summary>Anything else: none of these may occur.</summary>
    Wrong,
}

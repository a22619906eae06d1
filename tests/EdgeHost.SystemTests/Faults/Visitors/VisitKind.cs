namespace EdgeHost.SystemTests.Faults.Visitors;

/// <summary>What came of one visit.</summary>
internal enum VisitKind
{
    /// <summary>Whole, said to be live, and byte for byte what the platform has.</summary>
    Live,

    /// <summary>Whole, said to be the snapshot's, and byte for byte what was exported.</summary>
    Snapshot,

    /// <summary>Whole, said to be live, and what the platform's fault answers with: 200 or 404, but not the site.</summary>
    Foreign,

    /// <summary>The body had begun, and its connection ended or no more of it came.</summary>
    BrokenInBody,

    /// <summary>503 by the edge: right for what no snapshot can answer, and for nothing else.</summary>
    Unavailable,

    /// <summary>Anything else: an error, no answer, other bytes.</summary>
    Wrong,
}

namespace EdgeHost.SystemTests.Faults.Visitors;

/// <summary>One visit.</summary>
/// <param name="Phase">When it began.</param>
/// <param name="Kind">What came of it.</param>
/// <param name="Took">Until its whole answer was there; for one that broke in its body, until that began.</param>
/// <param name="Site">Whose page it was.</param>
/// <param name="Problem">What was wrong, if anything was.</param>
internal readonly record struct Visit(LoadPhase Phase, VisitKind Kind, TimeSpan Took, string Site, string? Problem = null);

namespace EdgeHost.Upkeep;

/// <summary>What reading the replica through has found since the start.</summary>
/// <param name="Checked">Files that were read.</param>
/// <param name="Damaged">Those that did not hold what their names say.</param>
/// <param name="Missing">Those that should have been there and were not.</param>
/// <param name="Repaired">How many of both were brought from the store.</param>
/// <param name="CompletedAt">When it was last through; null before the first time.</param>
internal sealed record ScrubReport(long Checked, long Damaged, long Missing, long Repaired, DateTimeOffset? CompletedAt);

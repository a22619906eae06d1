namespace EdgeHost.Health;

/// <summary>Health at a moment, for people.</summary>
/// <param name="IsDown">Whether the origin is left alone.</param>
/// <param name="Since">Since when that is so.</param>
/// <param name="LastFailure">What was last wrong, if anything ever was.</param>
internal sealed record HealthReport(bool IsDown, DateTimeOffset Since, OriginFailure LastFailure);

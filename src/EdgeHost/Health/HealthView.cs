namespace EdgeHost.Health;

/// <summary>What a request needs to know of a scope: immutable, so that it reads one reference once.</summary>
/// <param name="Phase">Where the scope is.</param>
/// <param name="Since">Since when.</param>
/// <param name="Cause">What turned it, or was last wrong.</param>
/// <param name="LivePercent">The share of visitors who get the platform: 100 while live or suspected, 0 with the snapshot, the ramp's in between.</param>
/// <param name="MayTrickle">Whether a few covered requests may find out, with the snapshot, how the platform is: only after a sign that somebody answers.</param>
/// <param name="ByVerdict">Whether no single request proved it: then that somebody answers is no sign of recovery, only whole answers are.</param>
internal sealed record HealthView(HealthPhase Phase, DateTimeOffset Since, OriginFailure Cause, int LivePercent, bool MayTrickle, bool ByVerdict);

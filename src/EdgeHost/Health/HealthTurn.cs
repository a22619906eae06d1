namespace EdgeHost.Health;

/// <summary>A scope has changed its phase; logged once, with its cause.</summary>
internal readonly record struct HealthTurn(HealthPhase From, HealthPhase To, OriginFailure Cause);

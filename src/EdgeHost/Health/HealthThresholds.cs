namespace EdgeHost.Health;

/// <param name="Fall">Failures in a row until down.</param>
/// <param name="Rise">Passed probes in a row until up.</param>
internal sealed record HealthThresholds(int Fall, int Rise);

using EdgeHost.Configuration;

namespace EdgeHost.Replicas;

internal static class ReplicaRules
{
    public static void Check(ReplicaOptions options, ConfigurationErrors errors)
    {
        errors.Range("Replica:BudgetMegabytes", options.BudgetMegabytes, 0, 1_000_000_000);
        errors.Range("Replica:ScrubMegabytesPerSecond", options.ScrubMegabytesPerSecond, 0, 1_000);
        errors.Range("Replica:ScrubInterval", options.ScrubInterval, TimeSpan.FromHours(1), TimeSpan.FromDays(365));
    }
}

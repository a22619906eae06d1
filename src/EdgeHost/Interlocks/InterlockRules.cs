using EdgeHost.Configuration;

namespace EdgeHost.Interlocks;

internal static class InterlockRules
{
    public static void Check(InterlockOptions options, ConfigurationErrors errors)
    {
        errors.Range("Interlocks:LargestSnapshotAge", options.LargestSnapshotAge, TimeSpan.FromHours(1), TimeSpan.FromDays(3650));
        errors.Range("Interlocks:LargestUnavailablePercent", options.LargestUnavailablePercent, 0, 100);
    }
}

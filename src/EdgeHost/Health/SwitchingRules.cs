using EdgeHost.Configuration;

namespace EdgeHost.Health;

internal static class SwitchingRules
{
    public static void Check(SwitchingOptions options, ConfigurationErrors errors)
    {
        errors.Range("Switching:FallPaths", options.FallPaths, 1, 100);
        errors.Range("Switching:FallVisitors", options.FallVisitors, 1, 8);
        errors.Range("Switching:LostPaths", options.LostPaths, 1, 100);
        errors.Range("Switching:FallPercent", options.FallPercent, 1, 100);
        errors.Range("Switching:SuspectDwell", options.SuspectDwell, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        errors.Range("Switching:SuspectWindow", options.SuspectWindow, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        errors.Range("Switching:SnapshotDwell", options.SnapshotDwell, TimeSpan.Zero, TimeSpan.FromHours(1));
        errors.Range("Switching:LongestSnapshotDwell", options.LongestSnapshotDwell, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        errors.Range("Switching:FlapMemory", options.FlapMemory, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        errors.Range("Switching:RampDwell", options.RampDwell, TimeSpan.Zero, TimeSpan.FromHours(1));
        errors.Range("Switching:LiveDwell", options.LiveDwell, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        errors.Range("Switching:ReturnRate", options.ReturnRate, 1, 100_000);
        if (options.Ramp.Any(percent => percent is < 1 or > 100) || !options.Ramp.Zip(options.Ramp.Skip(1)).All(pair => pair.First < pair.Second))
        {
            errors.Add("Switching:Ramp", $"is {string.Join(", ", options.Ramp)}; it must be rising shares from 1 to 100 percent, such as 1, 5, 25, 100.");
        }

        if (options.SuspectWindow < options.SuspectDwell)
        {
            errors.Add("Switching:SuspectWindow", $"is {options.SuspectWindow:c}, and SuspectDwell {options.SuspectDwell:c}; evidence can't be forgotten before it may be judged.");
        }

        if (options.LongestSnapshotDwell < options.SnapshotDwell)
        {
            errors.Add("Switching:LongestSnapshotDwell", $"is {options.LongestSnapshotDwell:c}, which is shorter than SnapshotDwell {options.SnapshotDwell:c}.");
        }
    }
}

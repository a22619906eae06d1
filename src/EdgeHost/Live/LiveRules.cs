using EdgeHost.Configuration;

namespace EdgeHost.Live;

internal static class LiveRules
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    public static void Check(LiveOptions options, ConfigurationErrors errors)
    {
        errors.Range("Live:ConnectTimeout", options.ConnectTimeout, Shortest, TimeSpan.FromMinutes(1));
        errors.Range("Live:CoveredHeadersTimeout", options.CoveredHeadersTimeout, Shortest, TimeSpan.FromMinutes(5));
        errors.Range("Live:ActivityTimeout", options.ActivityTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        errors.Range("Live:TryTimeout", options.TryTimeout, Shortest, TimeSpan.FromMinutes(5));
        errors.Range("Live:MaxTries", options.MaxTries, 0, 1000);
    }
}

using EdgeHost.Configuration;

namespace EdgeHost.Live;

internal static class LiveRules
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    public static void Check(LiveOptions options, ConfigurationErrors errors)
    {
        errors.Range("Live:ConnectTimeout", options.ConnectTimeout, Shortest, TimeSpan.FromMinutes(1));
        CheckCoveredHeadersTimeout("Live:CoveredHeadersTimeout", options.CoveredHeadersTimeout, options, errors);
        errors.Range("Live:CoveredBodyTimeout", options.CoveredBodyTimeout, Shortest, TimeSpan.FromMinutes(5));
        errors.Range("Live:ActivityTimeout", options.ActivityTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        errors.Range("Live:TryTimeout", options.TryTimeout, Shortest, TimeSpan.FromMinutes(5));
        errors.Range("Live:MaxTries", options.MaxTries, 0, 1000);
    }

    public static void CheckCoveredHeadersTimeout(string key, TimeSpan limit, LiveOptions options, ConfigurationErrors errors)
    {
        errors.Range(key, limit, Shortest, TimeSpan.FromMinutes(5));
        if (limit < options.ConnectTimeout)
        {
            errors.Add(key, $"is {limit:c}, and Live:ConnectTimeout {options.ConnectTimeout:c}; it includes connecting, and an address where nobody answers would look like a slow site. Make ConnectTimeout shorter.");
        }
    }
}

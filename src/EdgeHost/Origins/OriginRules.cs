using EdgeHost.Configuration;

namespace EdgeHost.Origins;

internal static class OriginRules
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);

    public static void Check(Dictionary<string, OriginOptions> origins, ConfigurationErrors errors)
    {
        if (origins.Count == 0)
        {
            errors.Add("Origins", "is empty; name at least one address of the platform, such as \"platform\": { \"Address\": \"http://10.0.0.5:5000\" }.");
        }

        foreach (var (name, origin) in origins)
        {
            var key = $"Origins:{name}";
            errors.HttpUrl($"{key}:Address", origin.Address);
            errors.Range($"{key}:Fall", origin.Fall, 1, 1000);
            errors.Range($"{key}:Rise", origin.Rise, 1, 1000);
            errors.Range($"{key}:ProbeInterval", origin.ProbeInterval, Shortest, TimeSpan.FromMinutes(5));
            errors.Range($"{key}:ProbeTimeout", origin.ProbeTimeout, Shortest, TimeSpan.FromMinutes(1));
        }
    }
}

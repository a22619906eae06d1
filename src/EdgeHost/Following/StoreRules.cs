using EdgeHost.Configuration;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.S3;

namespace EdgeHost.Following;

internal static class StoreRules
{
    public static void Check(StoreOptions options, ConfigurationErrors errors)
    {
        if (options.ServiceUrl is { } url)
        {
            errors.HttpUrl("Store:ServiceUrl", url);
        }

        if (!StoreLocation.TryParse(options.Location, null, out _, out var fault))
        {
            errors.Add("Store:Location", fault);
        }

        errors.Range("Store:PollInterval", options.PollInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        errors.Range("Store:VerifyInterval", options.VerifyInterval, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        errors.Range("Store:WarmConcurrency", options.WarmConcurrency, 1, 64);
    }

    /// <param name="options">Where it is.</param>
    /// <param name="clock">The time.</param>
    /// <param name="retries">How often a request is sent again that failed in a way which may pass.</param>
    public static ISnapshotStore Open(StoreOptions options, TimeProvider clock, int retries = 2) => StoreLocation.Parse(options.Location, new S3StoreOptions
    {
        Bucket = "",
        ServiceUrl = options.ServiceUrl is null ? null : new Uri(options.ServiceUrl),
        Region = options.Region,
        PathStyle = options.PathStyle,
        ChecksumsWhenRequired = options.ChecksumsWhenRequired,
        Retries = retries,
    }).Open(clock);
}

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

    public static ISnapshotStore Open(StoreOptions options, TimeProvider clock) => StoreLocation.Parse(options.Location, new S3StoreOptions
    {
        Bucket = "",
        ServiceUrl = options.ServiceUrl is null ? null : new Uri(options.ServiceUrl),
        Region = options.Region,
        PathStyle = options.PathStyle,
        ChecksumsWhenRequired = options.ChecksumsWhenRequired,
    }).Open(clock);
}

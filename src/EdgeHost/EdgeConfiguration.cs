using EdgeHost.Clients;
using EdgeHost.Configuration;
using EdgeHost.Following;
using EdgeHost.Health;
using EdgeHost.Interlocks;
using EdgeHost.Live;
using EdgeHost.Management;
using EdgeHost.Origins;
using EdgeHost.Replicas;
using EdgeHost.Sites;
using EdgeHost.Snapshots;
using EdgeHost.Tls;

namespace EdgeHost;

/// <summary>Reads the options and says everything that is wrong with them; start and reload both go through here.</summary>
internal static class EdgeConfiguration
{
    /// <summary>The options, and what is wrong with them; options with errors must not be used.</summary>
    public static (EdgeOptions Options, IReadOnlyList<string> Errors) Read(IConfiguration configuration)
    {
        // Read once, whatever it comes from: thousands of sites are asked for member by member below.
        var section = new ConfigurationBuilder().Add(IndexedPairs.Of(configuration, ConfigurationErrors.Section)).Build().GetSection(ConfigurationErrors.Section);
        var errors = new ConfigurationErrors();
        var unreadable = UnknownKeys.Find(section, typeof(EdgeOptions), errors);

        // Null is as good as left out; the binder would put it in the place of a default. What can't be read is said already, and the rest is to be checked too.
        var readable = section.AsEnumerable(makePathsRelative: true).Where(pair => pair.Value is not null && !unreadable.Contains(pair.Key));
        var options = new EdgeOptions();
        new ConfigurationBuilder().Add(new IndexedPairs(readable)).Build().Bind(options);
        Check(options, errors);
        return (options, errors.Messages);
    }

    private static void Check(EdgeOptions options, ConfigurationErrors errors)
    {
        errors.ListenerUrl(nameof(EdgeOptions.PublicUrl), options.PublicUrl);
        if (string.IsNullOrWhiteSpace(options.DataDirectory))
        {
            errors.Add(nameof(EdgeOptions.DataDirectory), "is empty; name a directory that the edge may write to.");
        }

        CdnLoop.Check(nameof(EdgeOptions.LoopId), options.LoopId, errors);
        TrustedProxies.Check(nameof(EdgeOptions.TrustedProxies), options.TrustedProxies, errors);
        ManagementRules.Check(options.Management, options.PublicUrl, errors);
        TlsRules.Check(options.Tls, errors, (nameof(EdgeOptions.PublicUrl), options.PublicUrl), ("Management:Url", options.Management.Url));
        errors.Range("AccessLog:Capacity", options.AccessLog.Capacity, 100, 1_000_000);
        StoreRules.Check(options.Store, errors);
        ReplicaRules.Check(options.Replica, errors);
        SnapshotRules.Check(options.Snapshots, errors);
        LiveRules.Check(options.Live, errors);
        SwitchingRules.Check(options.Switching, errors);
        InterlockRules.Check(options.Interlocks, errors);
        OriginRules.Check(options.Origins, errors);
        SiteRules.Check(options, errors);
    }
}

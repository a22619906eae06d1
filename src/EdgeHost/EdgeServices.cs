using EdgeHost.AccessLogs;
using EdgeHost.Evidence;
using EdgeHost.Following;
using EdgeHost.Live;
using EdgeHost.Management;
using EdgeHost.Management.Explaining;
using EdgeHost.Metrics;
using EdgeHost.Modes;
using EdgeHost.Replicas;
using EdgeHost.Requests;
using EdgeHost.Sites;
using EdgeHost.Snapshots;
using EdgeHost.SnapshotStore;
using EdgeHost.Tls;
using EdgeHost.Upkeep;

namespace EdgeHost;

/// <summary>What the edge is made of, by feature.</summary>
internal static class EdgeServices
{
    public static void Add(IServiceCollection services, EdgeOptions options)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new SiteTableState(options, provider.GetRequiredService<TimeProvider>()));
        AddStore(services, options);
        services.AddSingleton<TurnLog>().AddSingleton<CheckOrders>().AddSingleton<RestlessSites>().AddSingleton<HealthEvents>().AddSingleton<ContentWatch>();
        services.AddSingleton<LocalModes>().AddSingleton<ModeLoop>().AddSingleton<ModeChanges>();
        AddAnswers(services, options);
        AddManagement(services, options);
        AddLoops(services, options);
    }

    private static void AddStore(IServiceCollection services, EdgeOptions options)
    {
        services.AddSingleton(options.Store).AddSingleton<ISnapshotStore>(provider => StoreRules.Open(options.Store, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(new ReplicaLayout(options.DataDirectory)).AddSingleton(EdgeIdentity.Open(options.DataDirectory)).AddSingleton<ReplicaFiles>().AddSingleton<IndexFiles>();
        // Its own tries would be more than the one that a blob is allowed each few seconds.
        services.AddKeyedSingleton(nameof(Replica), (provider, _) => StoreRules.Open(options.Store, provider.GetRequiredService<TimeProvider>(), retries: 0));
        services.AddSingleton(options.Replica).AddSingleton(provider => new Replica(
            provider.GetRequiredService<ReplicaLayout>(),
            provider.GetRequiredService<ISnapshotStore>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<Replica>>(),
            provider.GetRequiredKeyedService<ISnapshotStore>(nameof(Replica))));
        services.AddSingleton<StoreView>().AddSingleton<SnapshotLoader>().AddSingleton<SiteLoads>().AddSingleton<StoreFollower>();
        services.AddSingleton<BudgetLoop>().AddSingleton<ScrubLoop>();
    }

    private static void AddAnswers(IServiceCollection services, EdgeOptions options)
    {
        services.AddHttpForwarder().AddSingleton<LiveForwarder>();
        services.AddSingleton(options.Snapshots).AddSingleton<SnapshotShelf>().AddSingleton<BodyCache>().AddSingleton<SnapshotResponder>().AddSingleton<MarksReader>();
        services.AddSingleton<EdgeResponder>().AddSingleton<EdgeMiddleware>().AddSingleton<EdgeApplication>();
        services.AddSingleton(options.Tls).AddSingleton<CertificateState>().AddSingleton<TlsListener>();
        services.AddSingleton(options.AccessLog).AddSingleton<AccessLog>();
    }

    private static void AddManagement(IServiceCollection services, EdgeOptions options)
    {
        services.AddSingleton(options.Management).AddSingleton(ManagementToken.Open(options.Management, options.DataDirectory)).AddSingleton(new ManagementAddress(options.DataDirectory));
        services.AddSingleton<CertificateReports>().AddSingleton<ReplicaReports>().AddSingleton<SiteReports>().AddSingleton<Explainer>().AddSingleton<HealthEndpoints>();
        services.AddSingleton<SitesEndpoints>().AddSingleton<ApiRoutes>(provider => provider.GetRequiredService<SitesEndpoints>().Map);
        services.AddSingleton<OverrideEndpoints>().AddSingleton<ApiRoutes>(provider => provider.GetRequiredService<OverrideEndpoints>().Map);
        services.AddSingleton<ExplainEndpoints>().AddSingleton<ApiRoutes>(provider => provider.GetRequiredService<ExplainEndpoints>().Map);
        services.AddSingleton<CertificatesEndpoints>().AddSingleton<ApiRoutes>(provider => provider.GetRequiredService<CertificatesEndpoints>().Map);
        services.AddSingleton<StoreEndpoints>().AddSingleton<ApiRoutes>(provider => provider.GetRequiredService<StoreEndpoints>().Map);
    }

    // In this order: what was last known is in force before a listener opens.
    private static void AddLoops(IServiceCollection services, EdgeOptions options)
    {
        if (options.Tls.Url.Length > 0)
        {
            services.AddHostedService<CertificateLoop>();
        }

        services.AddHostedService<AccessLogLoop>();
        services.AddHostedService(provider => provider.GetRequiredService<StoreFollower>());
        services.AddHostedService(provider => provider.GetRequiredService<ModeLoop>());
        services.AddHostedService<LocalModesLoop>();
        services.AddHostedService(provider => provider.GetRequiredService<ContentWatch>());
        services.AddHostedService<CheckLoop>();
        services.AddHostedService<ProbeLoop>();
        services.AddHostedService<EdgeMetrics>();
        services.AddHostedService<RateLoop>();
        services.AddHostedService(provider => provider.GetRequiredService<BudgetLoop>());
        services.AddHostedService(provider => provider.GetRequiredService<ScrubLoop>());
        services.AddHostedService<ReloadLoop>();
        services.AddHostedService<ManagementServer>();
    }
}

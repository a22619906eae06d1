using EdgeHost.Demo.Platform.Agencies;
using EdgeHost.Demo.Walkthrough.Children;
using EdgeHost.Demo.Walkthrough.Planning;
using EdgeHost.Demo.Walkthrough.Visiting;

namespace EdgeHost.Demo.Walkthrough.Staging;

/// <summary>The platform and the edge in front of it, each a process; the platform can be killed and brought back.</summary>
internal sealed class Stage(StagePlan plan, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan Startup = TimeSpan.FromSeconds(60);

    private Child? platform;
    private Child? edge;

    public static IReadOnlyList<string> SiteIds => AgencyDirectory.Ids;

    public StagePlan Plan { get; } = plan;

    public SiteClient Sites { get; } = new(plan);

    public ManagementClient Management { get; } = new(plan);

    public bool PlatformRuns => platform is { HasExited: false };

    public async Task StartPlatformAsync(CancellationToken cancellationToken)
    {
        if (PlatformRuns)
        {
            return;
        }

        await StopPlatformAsync();
        platform = Child.Start(
            "platform",
            Path.Combine(AppContext.BaseDirectory, "EdgeHost.Demo.dll"),
            ["platform", "--url", Plan.Platform.GetLeftPart(UriPartial.Authority)],
            Plan.Log("platform"));
        await ReadyAsync(platform, token => Sites.PlatformAnswersAsync(SiteIds[0], token), cancellationToken);
    }

    public async Task StartEdgeAsync(CancellationToken cancellationToken)
    {
        await EdgeConfiguration.WriteAsync(Plan, SiteIds, cancellationToken);
        edge = Child.Start(
            "edge",
            Path.Combine(AppContext.BaseDirectory, "EdgeHost.dll"),
            ["--config", Plan.EdgeConfiguration],
            Plan.Log("edge"));
        await ReadyAsync(edge, Management.IsReadyAsync, cancellationToken);
        await ReadyAsync(edge, HoldsEverySnapshotAsync, cancellationToken);
    }

    /// <summary>SIGKILL, in the middle of whatever it was doing.</summary>
    public async Task StopPlatformAsync()
    {
        if (platform is not null)
        {
            await platform.DisposeAsync();
            platform = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (edge is not null)
        {
            await edge.DisposeAsync();
        }

        await StopPlatformAsync();
        Sites.Dispose();
        Management.Dispose();
    }

    private async Task<bool> HoldsEverySnapshotAsync(CancellationToken cancellationToken)
    {
        var sites = await Management.SitesAsync(cancellationToken);
        return sites is not null && SiteIds.All(id => sites.Any(site => site.Id == id && site.Snapshot?.Entries > 0));
    }

    private async Task ReadyAsync(Child child, Func<CancellationToken, Task<bool>> ready, CancellationToken cancellationToken)
    {
        var inTime = await Poll.UntilAsync(
            async token => child.HasExited || await ready(token), Startup, clock, cancellationToken);
        if (child.HasExited)
        {
            throw new WalkthroughException($"The {child.Name} ended with exit code {child.ExitCode} before it was ready.", child.LogPath);
        }

        if (!inTime)
        {
            throw new WalkthroughException($"The {child.Name} was not ready within {Startup.TotalSeconds:0} seconds.", child.LogPath);
        }
    }
}

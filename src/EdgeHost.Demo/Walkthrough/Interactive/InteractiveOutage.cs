using System.Globalization;
using EdgeHost.Demo.Walkthrough.Staging;
using Spectre.Console;

namespace EdgeHost.Demo.Walkthrough.Interactive;

/// <summary>The outage by hand: a person kills the platform and watches.</summary>
internal sealed class InteractiveOutage(Stage stage, IAnsiConsole console, TimeProvider clock)
{
    private const int EventsShown = 6;

    private static readonly TimeSpan KeyInterval = TimeSpan.FromMilliseconds(80);
    private static readonly TimeSpan StatusInterval = TimeSpan.FromSeconds(1);

    private readonly Queue<string> events = new();
    private IReadOnlyList<SiteRow> sites = [];

    public Task<int> RunAsync(CancellationToken cancellationToken) =>
        console.Live(StatusView.Render(stage, sites, events)).AutoClear(false).StartAsync(context => WatchAsync(context, cancellationToken));

    private async Task<int> WatchAsync(LiveDisplayContext display, CancellationToken cancellationToken)
    {
        var shown = clock.GetTimestamp();
        await RefreshAsync(cancellationToken);
        while (true)
        {
            display.UpdateTarget(StatusView.Render(stage, sites, events));
            var key = Console.KeyAvailable ? char.ToLowerInvariant(Console.ReadKey(intercept: true).KeyChar) : '\0';
            switch (key)
            {
                case 'q':
                    return 0;
                case 'k':
                    await stage.StopPlatformAsync();
                    Tell("the platform is killed");
                    break;
                case 'b':
                    Tell("the platform starts");
                    await stage.StartPlatformAsync(cancellationToken);
                    Tell("the platform is back");
                    break;
                default:
                    break;
            }

            if (key is 'k' or 'b' or 's' || clock.GetElapsedTime(shown) > StatusInterval)
            {
                await RefreshAsync(cancellationToken);
                shown = clock.GetTimestamp();
            }

            await Task.Delay(KeyInterval, clock, cancellationToken);
        }
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var statuses = await stage.Management.SitesAsync(cancellationToken);
        var rows = new List<SiteRow>();
        foreach (var id in Stage.SiteIds)
        {
            rows.Add(new SiteRow(id, await DecisionAsync(id, cancellationToken), statuses?.FirstOrDefault(site => site.Id == id)));
        }

        foreach (var (before, now) in sites.Zip(rows).Where(pair => pair.First.Short != pair.Second.Short))
        {
            Tell($"{now.Site}: {before.Short}, now {now.Decision}");
        }

        sites = rows;
    }

    private async Task<string> DecisionAsync(string siteId, CancellationToken cancellationToken)
    {
        var answer = await stage.Sites.GetAsync(siteId, "/", cancellationToken);
        return answer.Decision.Length > 0 ? answer.Decision : $"status {(int)answer.Status}";
    }

    private void Tell(string what)
    {
        events.Enqueue($"{clock.GetUtcNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture)} {what}");
        if (events.Count > EventsShown)
        {
            events.Dequeue();
        }
    }
}

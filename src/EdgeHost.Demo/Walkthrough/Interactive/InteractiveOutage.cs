using System.Globalization;
using EdgeHost.Demo.Walkthrough.Staging;
using Spectre.Console;

namespace EdgeHost.Demo.Walkthrough.Interactive;

/// <summary>The outage by hand: a person kills the platform and watches.</summary>
internal sealed class InteractiveOutage(Stage stage, IAnsiConsole console, TimeProvider time)
{
    private const int EventsShown = 6;

    private static readonly TimeSpan KeyInterval = TimeSpan.FromMilliseconds(80);
    private static readonly TimeSpan StatusInterval = TimeSpan.FromSeconds(1);

    private readonly Queue<string> events = new();
    private IReadOnlyList<SiteRow> sites = [];

    public Task<int> RunAsync(CancellationToken cancellation) =>
        console.Live(StatusView.Render(stage, sites, events)).AutoClear(false).StartAsync(context => WatchAsync(context, cancellation));

    private async Task<int> WatchAsync(LiveDisplayContext display, CancellationToken cancellation)
    {
        var shown = time.GetTimestamp();
        await RefreshAsync(cancellation);
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
                    await stage.StartPlatformAsync(cancellation);
                    Tell("the platform is back");
                    break;
                default:
                    break;
            }

            if (key is 'k' or 'b' or 's' || time.GetElapsedTime(shown) > StatusInterval)
            {
                await RefreshAsync(cancellation);
                shown = time.GetTimestamp();
            }

            await Task.Delay(KeyInterval, time, cancellation);
        }
    }

    private async Task RefreshAsync(CancellationToken cancellation)
    {
        var statuses = await stage.Management.SitesAsync(cancellation);
        var rows = new List<SiteRow>();
        foreach (var id in Stage.SiteIds)
        {
            rows.Add(new SiteRow(id, await DecisionAsync(id, cancellation), statuses?.FirstOrDefault(site => site.Id == id)));
        }

        foreach (var (before, now) in sites.Zip(rows).Where(pair => pair.First.Short != pair.Second.Short))
        {
            Tell($"{now.Site}: {before.Short}, now {now.Decision}");
        }

        sites = rows;
    }

    private async Task<string> DecisionAsync(string siteId, CancellationToken cancellation)
    {
        var answer = await stage.Sites.GetAsync(siteId, "/", cancellation);
        return answer.Decision.Length > 0 ? answer.Decision : $"status {(int)answer.Status}";
    }

    private void Tell(string what)
    {
        events.Enqueue($"{time.GetUtcNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture)} {what}");
        if (events.Count > EventsShown)
        {
            events.Dequeue();
        }
    }
}

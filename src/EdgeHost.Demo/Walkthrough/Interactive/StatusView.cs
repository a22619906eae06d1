using System.Globalization;
using EdgeHost.Demo.Walkthrough.Staging;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EdgeHost.Demo.Walkthrough.Interactive;

internal static class StatusView
{
    public static Rows Render(Stage stage, IReadOnlyList<SiteRow> sites, IEnumerable<string> events)
    {
        var table = new Table().Border(TableBorder.Rounded).Expand();
        table.AddColumns("Site", "A visitor gets", "Mode", "State", "Snapshot");
        foreach (var site in sites)
        {
            table.AddRow(
                new Text($"http://{stage.Plan.Authority(site.Site)}/"),
                new Text(site.Decision, Colour(site)),
                new Text(site.Status?.Mode.Mode ?? "-"),
                new Text(site.Status?.State ?? "-"),
                new Text(Snapshot(site)));
        }

        return new Rows(
        [
            table,
            stage.PlatformRuns ? new Markup("The platform [green]runs[/].") : new Markup("The platform is [red]dead[/]."),
            .. events.Select(line => (IRenderable)new Text(line, new Style(Color.Grey))),
            new Markup("[bold]k[/] kill the platform   [bold]b[/] bring it back   [bold]s[/] show the status now   [bold]q[/] quit"),
        ]);
    }

    private static Style Colour(SiteRow site) => new(site.Short switch
    {
        "live" => Color.Green,
        "snapshot" => Color.Yellow,
        _ => Color.Red,
    });

    private static string Snapshot(SiteRow site) => site.Status?.Snapshot is { } snapshot
        ? string.Create(CultureInfo.InvariantCulture, $"{snapshot.Entries} entries, {snapshot.CapturedAt:HH:mm:ss} UTC")
        : "-";
}

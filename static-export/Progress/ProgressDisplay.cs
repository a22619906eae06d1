using System.Globalization;
using Spectre.Console;

namespace StaticExport.Progress;

/// <summary>Shows an export while it runs: a live table on a terminal, a line now and then elsewhere.</summary>
internal sealed class ProgressDisplay(IAnsiConsole console, CrawlProgress progress, TimeProvider clock)
{
    private static readonly TimeSpan LiveInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(5);
    private const int ShownUrls = 8;

    private readonly long began = clock.GetTimestamp();

    /// <summary>Runs the work and shows it until it ends, however it ends.</summary>
    public async Task<T> WhileAsync<T>(Task<T> work, CancellationToken cancellationToken)
    {
        try
        {
            await ShowAsync(work, cancellationToken);
        }
        catch (IOException)
        {
            // Nobody reads the output any more; the work goes on.
        }

        return await work;
    }

    private async Task ShowAsync(Task work, CancellationToken cancellationToken)
    {
        if (console.Profile.Capabilities is { Interactive: true, Ansi: true } && console.Profile.Out.IsTerminal)
        {
            await console.Live(Table()).AutoClear(true).StartAsync(context => UntilDoneAsync(work, LiveInterval, () => context.UpdateTarget(Table()), cancellationToken));
        }
        else
        {
            await UntilDoneAsync(work, LineInterval, () => console.WriteLine(Line(progress.Now)), cancellationToken);
        }
    }

    private async Task UntilDoneAsync(Task work, TimeSpan interval, Action show, CancellationToken cancellationToken)
    {
        while (!work.IsCompleted)
        {
            show();
            await Task.WhenAny(work, Task.Delay(interval, clock, cancellationToken));
            if (cancellationToken.IsCancellationRequested)
            {
                // The work sees it too, and ends by itself.
                await Task.WhenAny(work);
            }
        }
    }

    private string Line(ProgressView now) => now switch
    {
        { PublishTotal: > 0 } => string.Create(CultureInfo.InvariantCulture, $"{now.Phase}: {now.PublishDone} of {now.PublishTotal}"),
        { Done: > 0 } => $"{now.Phase}: {Figures(now)}",
        _ => now.Phase,
    };

    private string Figures(ProgressView now)
    {
        var seconds = Math.Max(0.001, clock.GetElapsedTime(began).TotalSeconds);
        return string.Create(CultureInfo.InvariantCulture, $"{now.Done} done, {now.Waiting} waiting, {now.Failed} failed, {Size(now.Bytes)}, {now.Done / seconds:0.0}/s");
    }

    private Table Table()
    {
        var now = progress.Now;
        var table = new Table().Border(TableBorder.Rounded).Expand().AddColumn(now.Phase.EscapeMarkup()).HideHeaders();
        table.Title = new TableTitle(now.Phase.EscapeMarkup());
        table.AddRow(new Text(Figures(now)));
        var known = now.Done + now.Waiting + now.Current.Count;
        table.AddRow(now.PublishTotal > 0 ? Bar(now.PublishDone, now.PublishTotal, Color.Green) : Bar(now.Done, Math.Max(1, known), now.Failed > 0 ? Color.Red : Color.Blue));
        foreach (var url in now.Current.Take(ShownUrls))
        {
            table.AddRow(new Text(url, new Style(Color.Grey)) { Overflow = Overflow.Ellipsis });
        }

        if (now.LastFailure is not null)
        {
            table.AddRow(new Text($"failed: {now.LastFailure}", new Style(Color.Red)) { Overflow = Overflow.Ellipsis });
        }

        return table;
    }

    private static BreakdownChart Bar(int done, int total, Color color) =>
        new BreakdownChart().HideTags().AddItem("done", done, color).AddItem("to do", Math.Max(0, total - done), Color.Grey23);

    public static string Size(long bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KiB"),
        < 1024L * 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024:0.0} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024 / 1024:0.0} GiB"),
    };
}

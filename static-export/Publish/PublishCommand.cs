using System.CommandLine;
using EdgeHost.SnapshotStore;
using Spectre.Console;
using StaticExport.Progress;
using StaticExport.Publishing;
using StaticExport.Reports;
using StaticExport.StoreCommands;

namespace StaticExport.Publish;

/// <summary><c>static-export publish</c>.</summary>
internal static class PublishCommand
{
    public static Command Create()
    {
        var options = new PublishOptions();
        var storeOptions = new StoreOptions();
        var reportFile = new Option<string?>("--report") { Description = "Where to write the report, as JSON; the directory must exist. Default: none is written.", HelpName = "FILE" };
        var reason = new Option<string?>("--reason") { Description = "Why, for the journal. Default: no reason.", HelpName = "TEXT" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Crawl and judge, and change nothing. Default: false." };
        var command = new Command("publish", "Crawls a site at its origin and publishes a snapshot of it.");
        options.AddTo(command);
        storeOptions.AddTo(command);
        command.Options.Add(reportFile);
        command.Options.Add(reason);
        command.Options.Add(dryRun);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            if (!TryRead(options, arguments, out var settings))
            {
                return ExitCode.Usage;
            }

            settings = settings! with { Reason = arguments.GetValue(reason), IsDryRun = arguments.GetValue(dryRun) };
            var store = storeOptions.Open(arguments, TimeProvider.System);
            using var disposal = store as IDisposable;
            return await RunAsync(settings, store, arguments.GetValue(reportFile), Terminal(), TimeProvider.System, cancellationToken);
        });
        return command;
    }

    /// <summary>Runs an export and shows it; the command without its parsing.</summary>
    internal static async Task<int> RunAsync(ExportSettings settings, ISnapshotStore store, string? reportFile, IAnsiConsole console, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (reportFile is not null && ReportFile.FaultOf(reportFile) is { } fault)
        {
            console.WriteLine(fault, new Style(Color.Red));
            return ExitCode.Usage;
        }

        var progress = new CrawlProgress();
        var actor = $"static-export:{Environment.UserName}@{Environment.MachineName}";
        var run = new ExportRun(settings, store, actor, progress, clock);
        ExportReport report;
        try
        {
            report = await new ProgressDisplay(console, progress, clock).WhileAsync(run.RunAsync(cancellationToken), cancellationToken);
        }
        catch (StoreException e)
        {
            console.WriteLine($"failed: the store can't be used. {e.Message}", new Style(Color.Red));
            return ExitCode.Store;
        }
        catch (Exception e) when (run.HasBegunToActivate)
        {
            // A failure on record now would contradict the activation before it.
            console.WriteLine($"failed at the very end: {e.Message} The snapshot may be active: 'static-export list' says so.", new Style(Color.Red));
            console.WriteLine(e.ToString());
            return ExitCode.Failed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await RecordAsync(settings, store, actor, $"this machine's disk: {e.Message}", clock);
            console.WriteLine($"failed: {e.Message} Bodies wait in the temporary directory (TMPDIR) until they are uploaded: does it have space?", new Style(Color.Red));
            return ExitCode.Failed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await RecordAsync(settings, store, actor, "it was cancelled", clock);
            console.WriteLine("cancelled: nothing was published, and what visitors see is as it was.", new Style(Color.Red));
            return ExitCode.Cancelled;
        }
        // A bug: the journal and the person have to hear of the failed export, and where to look.
        catch (Exception e)
        {
            await RecordAsync(settings, store, actor, $"a fault of static-export: {e.Message}", clock);
            console.WriteLine($"failed: a fault of static-export. {e.Message}", new Style(Color.Red));
            console.WriteLine("Nothing was published, and what visitors see is as it was. Please report the fault with these lines:", new Style(Color.Red));
            console.WriteLine(e.ToString());
            return ExitCode.Failed;
        }

        return await ConcludeAsync(report, reportFile, console);
    }

    // What the export came to is settled: a report that can't be written does not change it.
    private static async Task<int> ConcludeAsync(ExportReport report, string? reportFile, IAnsiConsole console)
    {
        var written = reportFile;
        try
        {
            if (reportFile is not null)
            {
                await ReportFile.WriteAsync(report, reportFile, CancellationToken.None);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            written = null;
            console.WriteLine($"warning  the report was not written: {e.Message}", new Style(Color.Yellow));
        }

        ReportSummary.Write(console, report, written);
        return report.Outcome switch
        {
            ReportOutcome.Activated or ReportOutcome.DryRun => ExitCode.Done,
            ReportOutcome.Staged => ExitCode.Staged,
            _ => ExitCode.Failed,
        };
    }

    // In a log, a line is a line: nothing wraps at a width that nobody set.
    private static IAnsiConsole Terminal()
    {
        var console = AnsiConsole.Console;
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = 10_000;
        }

        return console;
    }

    // Best effort, and bounded: somebody is waiting for the command to end.
    private static async Task RecordAsync(ExportSettings settings, ISnapshotStore store, string actor, string why, TimeProvider clock)
    {
        if (settings.IsDryRun)
        {
            return;
        }

        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(10), clock);
        try
        {
            var publishing = await PublishingStore.OpenAsync(store, clock, timeout.Token);
            await publishing.RecordFailureAsync(settings.Site, actor, why, timeout.Token);
        }
        catch (Exception e) when (e is StoreException or OperationCanceledException)
        {
            // The command says how it ended; the journal does not know.
        }
    }

    private static bool TryRead(PublishOptions options, ParseResult arguments, out ExportSettings? settings)
    {
        var (written, unreadable) = options.Read(arguments);
        (settings, var faults) = written is null ? (null, [unreadable!]) : new SettingsReading(written).Read();
        foreach (var fault in faults)
        {
            Console.Error.WriteLine(fault);
        }

        return faults.Count == 0;
    }
}

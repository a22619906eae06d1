using EdgeHost.Demo.Walkthrough.Children;
using EdgeHost.Demo.Walkthrough.Interactive;
using EdgeHost.Demo.Walkthrough.Planning;
using EdgeHost.Demo.Walkthrough.Scripted;
using EdgeHost.Demo.Walkthrough.Staging;
using EdgeHost.Demo.Walkthrough.Visiting;
using Spectre.Console;

namespace EdgeHost.Demo.Walkthrough;

/// <summary>Sets the stage, plays the outage in one of its two forms, and clears up.</summary>
internal sealed class OutageWalkthrough(IAnsiConsole console, TimeProvider clock)
{
    // A log has no edge to wrap at.
    private const int UnwrappedWidth = 500;

    public async Task<int> RunAsync(WalkthroughOptions options, CancellationToken cancellationToken)
    {
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = UnwrappedWidth;
        }

        StagePlan? plan = null;
        try
        {
            plan = StagePlan.For(options.Directory, options.Port);
            var exitCode = await PlayAsync(plan, options.Script, cancellationToken);
            Leave(plan, wanted: exitCode != 0);
            return exitCode;
        }
        catch (WalkthroughException problem)
        {
            Explain(problem);
            return 1;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            console.WriteLine("Stopped.");
            Leave(plan, wanted: false);
            return options.Script ? 1 : 0;
        }
    }

    private void Leave(StagePlan? plan, bool wanted)
    {
        if (plan is { Temporary: true } && !wanted)
        {
            Directory.Delete(plan.Directory, recursive: true);
        }
        else if (plan is not null)
        {
            console.MarkupLineInterpolated($"Logs and data are in {plan.Directory}");
        }
    }

    private async Task<int> PlayAsync(StagePlan plan, bool script, CancellationToken cancellationToken)
    {
        await using var stage = new Stage(plan, clock);
        await StepAsync("The platform", () => stage.StartPlatformAsync(cancellationToken));
        await StepAsync("The store", () => ExportJob.InitialiseAsync(plan, cancellationToken));
        await StepAsync("The snapshots", () => Task.WhenAll(Stage.SiteIds.Select(id => ExportJob.PublishAsync(plan, id, cancellationToken))));
        await StepAsync("The edge", () => stage.StartEdgeAsync(cancellationToken));

        if (script)
        {
            return await new ScriptedOutage(stage, console, clock).RunAsync(cancellationToken);
        }

        Invite(plan);
        if (!Console.IsInputRedirected)
        {
            return await new InteractiveOutage(stage, console, clock).RunAsync(cancellationToken);
        }

        console.WriteLine("There is no keyboard here, so this runs until it is told to stop (Ctrl-C). The checks without a person: --script.");
        await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken);
        return 0;
    }

    private async Task StepAsync(string what, Func<Task> step)
    {
        var started = clock.GetTimestamp();
        if (console.Profile.Capabilities.Interactive)
        {
            await console.Status().StartAsync(what, _ => step());
        }
        else
        {
            await step();
        }

        console.MarkupLineInterpolated($"[green]ok[/]    {what} ({clock.GetElapsedTime(started).TotalSeconds:0.0} s)");
    }

    private void Invite(StagePlan plan)
    {
        console.WriteLine();
        console.MarkupLine("[bold]Look at the websites[/]");
        foreach (var id in Stage.SiteIds)
        {
            console.WriteLine($"  http://{plan.Authority(id)}/");
        }

        console.MarkupLine("[bold]Ask who answered[/]");
        console.WriteLine($"  curl -si http://{plan.Authority(Stage.SiteIds[0])}/ | grep -i -e edgehost-decision -e x-platform");
        console.MarkupLine("[bold]Ask the edge[/]");
        console.WriteLine($"  {plan.Management}");
        console.WriteLine($"  curl -s -H 'Authorization: Bearer {plan.Token}' {plan.Management.GetLeftPart(UriPartial.Authority)}{ManagementClient.SitesPath}");
        console.WriteLine();
    }

    private void Explain(WalkthroughException problem)
    {
        console.MarkupLineInterpolated($"[red]{problem.Message}[/]");
        if (problem.LogPath is { } path)
        {
            console.MarkupLineInterpolated($"The end of {path}:");
            foreach (var line in LogTail.Of(path))
            {
                console.WriteLine($"  {line}");
            }
        }
    }
}

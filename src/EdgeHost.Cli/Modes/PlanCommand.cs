using System.CommandLine;
using EdgeHost.Cli.Edges;
using EdgeHost.Cli.Printing;
using EdgeHost.ControlContracts;

namespace EdgeHost.Cli.Modes;

/// <summary><c>edgectl plan</c>: what a change would do, and what would refuse it.</summary>
internal static class PlanCommand
{
    public static Command Create()
    {
        var (change, mode) = (new ChangeOptions(), new ModeOptions(TimeProvider.System));
        var clear = new Option<bool>("--clear") { Description = "Instead of a mode: what is set on the scope would end." };
        var command = new Command("plan", "Shows what a change would do, and does nothing. Exit code 1: it would be refused.");
        change.AddTo(command);
        mode.AddTo(command);
        mode.Mode.Arity = ArgumentArity.ZeroOrOne;
        command.Options.Add(clear);
        return command.OnEdge((session, cancellationToken) => ShowAsync(
            session,
            mode.Read(change.Read(session.Arguments), session.Arguments) with { Clear = session.Arguments.GetValue(clear) ? true : null },
            cancellationToken));
    }

    public static async Task<int> ShowAsync(EdgeSession session, PlanRequest request, CancellationToken cancellationToken) => await session.EndAsync(
        await session.Edge.PlanAsync(request, cancellationToken),
        ControlJson.Readable.PlanResponse,
        async plan =>
        {
            await session.Out.WriteLineAsync(plan.Mode is null
                ? $"{plan.Scope} would have no mode of its own. Sites that change: {plan.Sites.Count}."
                : $"{plan.Scope} would be in mode {plan.Mode} {Times.UntilOf(plan.ExpiresAt)}. Sites that change: {plan.Sites.Count}.");
            if (plan.Requests is { } requests)
            {
                await session.Out.WriteLineAsync(WordsOf(requests));
            }

            Table.Write(
                session.Out,
                ["site", "now", "then", "not ready", "req/s"],
                plan.Sites.Select(site => new[] { site.Id, Words(site.Before), Words(site.After), string.Join(' ', site.NotReady), Numbers.Of(site.RequestsPerSecond) }));
            await EdgeSession.SayAsync(session.Error, plan.Refusals);
            return plan.Refused ? ExitCode.Refused : ExitCode.Done;
        });

    private static string WordsOf(PlannedRequests requests) => requests.SharePercent is { } share
        ? $"They had {Numbers.Of(share)} % of this edge's requests in the last minute ({Numbers.Of(requests.PerSecond)} of {Numbers.Of(requests.PerSecondOfAll)} per second)."
        : "This edge had no requests in the last minute.";

    private static string Words(PlannedMode mode) => mode.Scope is null ? $"{mode.State} ({mode.Mode})" : $"{mode.State} ({mode.Mode} on {mode.Scope})";
}

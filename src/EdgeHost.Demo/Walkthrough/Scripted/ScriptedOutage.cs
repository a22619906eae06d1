using System.Net;
using EdgeHost.Demo.Walkthrough.Staging;
using EdgeHost.Demo.Walkthrough.Visiting;
using Spectre.Console;

namespace EdgeHost.Demo.Walkthrough.Scripted;

/// <summary>The outage without a person: everything before, everything during, everything after, compared.</summary>
internal sealed class ScriptedOutage(Stage stage, IAnsiConsole console, TimeProvider clock)
{
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(90);

    private static readonly Dictionary<string, string> Casting = new()
    {
        ["name"] = "A visitor",
        ["email"] = "visitor@example.org",
        ["message"] = "Nobody may lose this and call it received.",
    };

    private readonly Findings findings = new(console);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var before = new Dictionary<string, IReadOnlyDictionary<string, Answer>>();
        foreach (var site in Stage.SiteIds)
        {
            before[site] = await Walk(site).EverythingAsync(cancellationToken);
            findings.Report(
                $"{site}: the platform runs, every answer is live", before[site].Count, Wrong(before[site], LiveAndWell));
        }

        await stage.StopPlatformAsync();
        console.WriteLine("      the platform is killed");

        foreach (var site in Stage.SiteIds)
        {
            var during = await Walk(site).AgainAsync(before[site].Keys, cancellationToken);
            findings.Report(
                $"{site}: the platform is dead, every answer is the same, from the snapshot",
                during.Count,
                Wrong(during, (path, answer) => answer.IsSnapshot ? answer.DifferenceFrom(before[site][path]) : $"decision '{answer.Decision}', status {(int)answer.Status}"));
            await CheckHonestyAsync(site, cancellationToken);
        }

        await stage.StartPlatformAsync(cancellationToken);
        console.WriteLine("      the platform is back");
        await CheckRecoveryAsync(before, cancellationToken);

        console.WriteLine(findings.AllWell ? "Everything went as it should." : "Not everything went as it should.");
        return findings.AllWell ? 0 : 1;
    }

    /// <summary>A form can't be taken while the platform is dead, and nobody may be told that it was.</summary>
    private async Task CheckHonestyAsync(string site, CancellationToken cancellationToken)
    {
        var answer = await stage.Sites.PostAsync(site, "/casting", Casting, cancellationToken);
        findings.Report(
            $"{site}: a casting sent to the dead platform is refused with 503",
            1,
            answer.Status == HttpStatusCode.ServiceUnavailable ? [] : [$"status {(int)answer.Status}, decision '{answer.Decision}'"]);
    }

    private async Task CheckRecoveryAsync(
        Dictionary<string, IReadOnlyDictionary<string, Answer>> before, CancellationToken cancellationToken)
    {
        foreach (var site in Stage.SiteIds)
        {
            var live = await Poll.UntilAsync(
                async token => (await stage.Sites.GetAsync(site, "/", token)).IsLiveForAll, Recovery, clock, cancellationToken);
            findings.Report($"{site}: live again for every visitor within {Recovery.TotalSeconds:0} seconds", 1, live ? [] : ["it is not"]);

            // Not the pictures: the new process would have to paint them all again, which takes longer than everything else here.
            var documents = before[site].Where(pair => !pair.Value.MediaType.StartsWith("image/", StringComparison.Ordinal)).Select(pair => pair.Key);
            var after = await Walk(site).AgainAsync(documents, cancellationToken);
            findings.Report(
                $"{site}: the platform is back, every document is live and the same",
                after.Count,
                Wrong(after, (path, answer) => LiveAndWell(path, answer) ?? answer.DifferenceFrom(before[site][path])));
        }
    }

    private static string? LiveAndWell(string path, Answer answer) =>
        answer.IsLive && (int)answer.Status < 400 ? null : $"decision '{answer.Decision}', status {(int)answer.Status}";

    private static List<string> Wrong(IReadOnlyDictionary<string, Answer> answers, Func<string, Answer, string?> complaint) =>
        [.. answers
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => complaint(pair.Key, pair.Value) is { } what ? $"{pair.Key}: {what}" : null)
            .OfType<string>()];

    private SiteWalk Walk(string site) => new(stage.Sites, stage.Plan, site);
}

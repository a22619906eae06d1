using EdgeHost.Demo.Walkthrough.Children;
using EdgeHost.Demo.Walkthrough.Planning;

namespace EdgeHost.Demo.Walkthrough.Staging;

/// <summary>Runs <c>static-export</c>, as an operator's scheduled job would.</summary>
internal static class ExportJob
{
    // What only the platform itself can answer.
    private static readonly string[] Excluded = ["/search*", "/admin*"];

    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "static-export.dll");

    public static Task InitialiseAsync(StagePlan plan, CancellationToken cancellationToken) =>
        // A working folder that is used again has its store already, and a store is made only once.
        File.Exists(Path.Combine(plan.Store, "store.json"))
            ? Task.CompletedTask
            : RunAsync(plan, "export-init", ["init", "--store", plan.Store], cancellationToken);

    public static Task PublishAsync(StagePlan plan, string siteId, CancellationToken cancellationToken) => RunAsync(
        plan,
        $"export-{siteId}",
        [
            "publish",
            "--site", siteId,
            "--origin", plan.Platform.GetLeftPart(UriPartial.Authority),
            "--host", plan.Authority(siteId),
            "--scheme", "http",
            "--store", plan.Store,
            .. Excluded.SelectMany(pattern => (string[])["--exclude", pattern]),
            "--report", Path.Combine(plan.Directory, $"export-{siteId}.json"),
        ],
        cancellationToken);

    private static async Task RunAsync(StagePlan plan, string name, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        await using var job = Child.Start(name, Assembly, arguments, plan.Log(name));
        var exitCode = await job.WaitForExitAsync(cancellationToken);
        if (exitCode != 0)
        {
            throw new WalkthroughException($"{name} ended with exit code {exitCode}.", job.LogPath);
        }
    }
}

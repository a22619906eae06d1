using System.Diagnostics;
using EdgeHost.SystemTests.Edges;
using EdgeHost.SystemTests.Exports;
using EdgeHost.SystemTests.Loads;
using EdgeHost.SystemTests.Origins;
using EdgeHost.SystemTests.Processes;
using EdgeHost.SystemTests.Wikis;

namespace EdgeHost.SystemTests.Outages;

/// <summary>The wiki behind a recording pass-through, an edge before it with the wiki's snapshot, and visitors.</summary>
internal sealed class OutageBench : IAsyncDisposable
{
    private static readonly TimeSpan Load = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan BreakAfter = TimeSpan.FromSeconds(3);

    // Of a platform that accepts and never answers, visitors know after the three seconds of Live:CoveredHeadersTimeout.
    private static readonly TimeSpan MendAfter = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(15);

    private readonly Scratch scratch;
    private readonly StoredSnapshot stored;

    private OutageBench(ExportedWiki exported, StoredSnapshot stored, RecordingOrigin origin, EdgeProcess edge, Scratch scratch)
    {
        Exported = exported;
        this.stored = stored;
        Origin = origin;
        Edge = edge;
        this.scratch = scratch;
    }

    public ExportedWiki Exported { get; }

    public RecordingOrigin Origin { get; }

    public EdgeProcess Edge { get; }

    public Wiki Wiki => Exported.Wiki;

    public static async Task<OutageBench> StartAsync(ExportedWiki fixture, CancellationToken cancellationToken, Action<EdgeConfig>? change = null)
    {
        var exported = await fixture.ReadyAsync(cancellationToken);
        await exported.Wiki.UpAsync(cancellationToken);
        var stored = await StoredSnapshot.ReadAsync(exported.Bucket.Open(), ExportedWiki.Site, cancellationToken);
        var scratch = new Scratch();
        var origin = new RecordingOrigin(exported.Wiki.Port);
        var config = new EdgeConfig(scratch["edge"], exported.Bucket.Location, origin.Port, ExportedWiki.Site).Set("Store:ServiceUrl", exported.Engine.Endpoint).Set("Switching:RampDwell", "00:00:01");
        change?.Invoke(config);
        var edge = await EdgeProcess.StartAsync(config, cancellationToken, exported.Bucket.Edge.Environment);
        var bench = new OutageBench(exported, stored, origin, edge, scratch);
        await Wait.UntilAsync("the snapshot is ready", TimeSpan.FromSeconds(30), () => bench.HasSnapshotAsync(cancellationToken), cancellationToken);
        return bench;
    }

    /// <summary>32 visitors for 12 s, the origin broken from second 3 to second 8; then it must be live again. Answers what the visitors got.</summary>
    public async Task<LoadReport> RunAsync(Func<Task> breakIt, Func<Task> mendIt, CancellationToken cancellationToken)
    {
        var run = new LoadRun(Edge.Config.PublicPort, ExportedWiki.Host, Exported.Targets, new AnswerCheck(stored, Origin));
        var began = Stopwatch.GetTimestamp();
        var load = run.RunAsync(Load, cancellationToken);
        await Wait.ForAsync(BreakAfter, cancellationToken);
        await breakIt();
        Say($"broken at {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s: {run.Report}");
        await Wait.ForAsync(MendAfter - Stopwatch.GetElapsedTime(began), cancellationToken);
        await mendIt();
        Say($"mended at {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s: {run.Report}");
        var report = await load;
        Say($"at the end: {report}");

        AssertRight(report);
        Assert.True(report[AnswerKind.Live] > 0 && report[AnswerKind.Snapshot] > 0, "both kinds must occur, else nothing was tried");
        var back = await Edge.UntilLiveForAllAsync("/", ExportedWiki.Host, Recovery, cancellationToken);
        Say($"live again {back.TotalSeconds:0.0} s after the load");
        return report;
    }

    /// <summary>32 visitors, and the origin broken and mended over and over, so that answers of every kind are hit in the middle.</summary>
    public async Task RunLongAsync(TimeSpan duration, Func<Task> breakAndMend, CancellationToken cancellationToken)
    {
        var run = new LoadRun(Edge.Config.PublicPort, ExportedWiki.Host, Exported.Targets, new AnswerCheck(stored, Origin));
        var load = run.RunAsync(duration, cancellationToken);
        var breaks = 0;
        while (!load.IsCompleted)
        {
            await Wait.ForAsync(TimeSpan.FromSeconds(1) + (TimeSpan.FromSeconds(1) * Random.Shared.NextDouble()), cancellationToken);
            await breakAndMend();
            breaks++;
        }

        var report = await load;
        Say($"broken {breaks} times: {report}");
        AssertRight(report);
    }

    /// <summary>Visitors while nothing but the snapshot can answer.</summary>
    public async Task<LoadReport> RunOnSnapshotAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var report = await new LoadRun(Edge.Config.PublicPort, ExportedWiki.Host, Exported.Targets, new AnswerCheck(stored, null)).RunAsync(duration, cancellationToken);
        Say($"on the snapshot alone: {report}");
        AssertRight(report);
        Assert.Equal(0, report[AnswerKind.CutAfterStart]);
        return report;
    }

    /// <summary>Asks for every covered page once; each must be the snapshot's.</summary>
    public async Task CheckEveryPageAsync(CancellationToken cancellationToken)
    {
        var check = new AnswerCheck(stored, null);
        foreach (var target in stored.Keys)
        {
            var (kind, problem) = check.Judge(target, await Edge.GetAsync(target, ExportedWiki.Host, cancellationToken));
            Assert.True(kind == AnswerKind.Snapshot, $"{kind}: {problem}");
        }
    }

    public async Task KillWikiAsync(CancellationToken cancellationToken)
    {
        await Wiki.KillAsync(cancellationToken);
        Assert.True(await Ports.RefusesAsync(Wiki.Port, cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await Edge.DisposeAsync();
        await Origin.DisposeAsync();
        scratch.Dispose();
    }

    public static void Say(string text) => TestContext.Current.TestOutputHelper?.WriteLine(text);

    private static void AssertRight(LoadReport report)
    {
        Assert.True(report[AnswerKind.ConnectionError] == 0, $"connection errors: {report}");
        Assert.True(report[AnswerKind.Wrong] == 0, $"wrong answers: {report}");
    }

    private async Task<bool> HasSnapshotAsync(CancellationToken cancellationToken)
    {
        var site = await Edge.Management.SiteAsync(cancellationToken);
        return site.TryGetProperty("snapshot", out var snapshot) && snapshot.GetProperty("id").GetString() == stored.Manifest.Snapshot.ToString() && snapshot.GetProperty("missingBodies").GetInt32() == 0;
    }
}

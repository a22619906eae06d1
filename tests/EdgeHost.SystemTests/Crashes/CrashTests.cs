using EdgeHost.SystemTests.Edges;

namespace EdgeHost.SystemTests.Crashes;

/// <summary>SIGKILL at random moments while new snapshots come in. Whatever had been done by then, the edge comes back with whole snapshots, with and without its store.</summary>
public sealed class CrashTests : IDisposable
{
    private readonly Scratch scratch = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => scratch.Dispose();

    [Fact]
    public Task Ten_kills_harm_nothing() => KillAsync(10);

    [Fact]
    [Trait("Category", "Long")]
    public Task A_hundred_kills_harm_nothing() => KillAsync(100);

    private async Task KillAsync(int times)
    {
        var seed = Random.Shared.Next();
        TestContext.Current.SendDiagnosticMessage($"seed {seed}");
        var random = new Random(seed);
        var store = scratch["store"];
        await VersionedSite.PublishAsync(store, 1, Cancel);
        var config = new EdgeConfig(scratch["edge"], store, Ports.Free(), VersionedSite.Id).Set("Store:PollInterval", "00:00:00.100");
        await using var edge = await EdgeProcess.StartAsync(config, Cancel);
        await edge.UntilShownAsync("version 1 ", VersionedSite.Host, TimeSpan.FromSeconds(20), Cancel);
        var (newest, withoutStore, answers) = (1, 0, 0);
        for (var round = 0; round < times; round++)
        {
            newest++;
            var publishing = VersionedSite.PublishAsync(store, newest, Cancel);
            if (random.Next(3) > 0)
            {
                // Else it is killed while the snapshot is still being uploaded.
                await publishing;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(400)), TimeProvider.System, Cancel);
            await edge.KillAsync();
            await publishing;

            var hasStore = random.Next(2) == 0;
            if (!hasStore)
            {
                withoutStore++;
                Directory.Move(store, $"{store}.away");
            }

            await edge.StartAgainAsync(Cancel);
            answers += await CheckAsync(edge, newest, mayMove: hasStore, $"round {round}, seed {seed}");
            if (!hasStore)
            {
                Directory.Move($"{store}.away", store);
            }

            if (random.Next(3) == 0)
            {
                await edge.UntilShownAsync($"version {newest} ", VersionedSite.Host, TimeSpan.FromSeconds(20), Cancel);
            }
        }

        await edge.UntilShownAsync($"version {newest} ", VersionedSite.Host, TimeSpan.FromSeconds(20), Cancel);
        TestContext.Current.SendDiagnosticMessage($"{times} kills, {withoutStore} restarts without the store, {answers} answers compared");
    }

    // Every page at once after the start. Without a store nothing can be activated meanwhile, so all are of one version; with it, they may go forward, and not back.
    private static async Task<int> CheckAsync(EdgeProcess edge, int newest, bool mayMove, string where)
    {
        using var connection = await RawConnection.OpenAsync(edge.Config.PublicPort, Cancel);
        var seen = new List<int>();
        for (var page = 0; page < VersionedSite.Pages; page++)
        {
            await connection.SendAsync($"GET {VersionedSite.Target(page)} HTTP/1.1\r\nHost: {VersionedSite.Host}\r\n\r\n", Cancel);
            var answer = await connection.ReadResponseAsync(Cancel);
            Assert.True(answer.DecisionKind == "snapshot", $"{where}: {VersionedSite.Target(page)} is {answer.Status}, {answer.Decision}");
            if (VersionedSite.VersionOf(answer, page, newest) is var version and > 0)
            {
                seen.Add(version);
            }
        }

        Assert.True(mayMove ? seen.Order().SequenceEqual(seen) : seen.Distinct().Count() == 1, $"{where}: {string.Join(' ', seen)}");
        return VersionedSite.Pages;
    }
}

using EdgeHost.SystemTests.Edges;

namespace EdgeHost.SystemTests.EventLogs;

/// <summary>An event for each request, as none of them can be read; all of them are more than a pipe holds.</summary>
public sealed class EventLogTests : IDisposable
{
    // No more are logged at once.
    private const int Requests = 300;
    private const int PipeBytes = 64 * 1024;

    private readonly Scratch scratch = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task An_edge_whose_output_nobody_reads_goes_on_answering()
    {
        await using var edge = await EdgeProcess.StartAsync(Config(), Cancel, readsLog: false);

        await SendUnreadableAsync(edge);
        Assert.Equal(503, (await edge.GetAsync("/", "shop.example", Cancel)).Status);

        edge.ReadLog();
        await Wait.UntilAsync("all events", TimeSpan.FromSeconds(10), () => Unreadable(edge.Log).Count == Requests, Cancel);
        Assert.True(Unreadable(edge.Log).Sum(line => line.Length) > PipeBytes, "They had room in the pipe.");
    }

    [Fact]
    public async Task Nothing_is_lost_at_a_stop()
    {
        await using var edge = await EdgeProcess.StartAsync(Config(), Cancel);
        await SendUnreadableAsync(edge);

        var finished = await edge.StopAsync(Cancel);

        Assert.Equal(0, finished.ExitCode);
        Assert.Equal(Requests, Unreadable(finished.Output.Split('\n')).Count);
        Assert.Contains("Application is shutting down", finished.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edge_whose_output_nobody_reads_ends_when_it_is_told_to()
    {
        await using var edge = await EdgeProcess.StartAsync(Config(), Cancel, readsLog: false);
        await SendUnreadableAsync(edge);

        // Where it is ended by force the code is another.
        Assert.Equal(0, (await edge.StopAsync(Cancel)).ExitCode);
    }

    // The origin is nowhere.
    private EdgeConfig Config() => new(scratch["edge"], scratch["store"], Ports.Free(), "shop");

    private static async Task SendUnreadableAsync(EdgeProcess edge)
    {
        for (var i = 0; i < Requests; i++)
        {
            using var connection = await RawConnection.OpenAsync(edge.Config.PublicPort, Cancel);
            await connection.SendAsync("GET / HTTP/1.1\r\nHost: shop.example\r\nX Value: a\r\n\r\n", Cancel);
            Assert.Equal(400, (await connection.ReadResponseAsync(Cancel)).Status);
        }
    }

    private static List<string> Unreadable(IEnumerable<string> lines) => [.. lines.Where(line => line.Contains("Kestrel.BadRequests", StringComparison.Ordinal))];
}

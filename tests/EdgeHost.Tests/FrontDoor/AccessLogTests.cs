using System.Text.Json;

namespace EdgeHost.Tests.FrontDoor;

public sealed class AccessLogTests
{
    [Fact(Timeout = 30_000)]
    public async Task One_line_for_each_request_says_how_it_was_answered()
    {
        await using var bench = await Bench.StartAsync();
        await bench.GetAsync("/about?q=secret", "User-Agent: a \"quoted\" browser");
        bench.Origin.Refuse();
        await bench.GetAsync("/");
        await bench.PostAsync("/form", "x");
        await bench.SendAsync("GET / HTTP/1.1\r\nHost: unknown.example\r\n\r\n");
        await bench.GetAsync("/../etc");

        var lines = await LinesAsync(bench, 5);

        // Those of different threads may be in another order.
        var byReason = lines.ToDictionary(line => line.GetProperty("reason").GetString()!);
        Assert.Equal(
            ["live origin-usable 200 GET /about", "refused bad-request 400 GET /../etc", "refused unknown-host 421 GET /", "snapshot rescue 200 GET /", "unavailable origin-down 503 POST /form"],
            byReason.Values.Select(line => string.Join(' ', new[] { "decision", "reason", "status", "method", "path" }.Select(name => line.GetProperty(name).ToString()))).Order(StringComparer.Ordinal));
        var live = byReason["origin-usable"];
        Assert.Equal("a \"quoted\" browser", live.GetProperty("user_agent").GetString());
        Assert.Equal("127.0.0.1", live.GetProperty("client_ip").GetString());
        Assert.Equal("nova", live.GetProperty("site").GetString());
        var rescued = byReason["rescue"];
        Assert.Equal(Some.SnapshotId(1).ToString(), rescued.GetProperty("snapshot").GetString());
        Assert.Equal("connection-refused", rescued.GetProperty("problem").GetString());
        Assert.Equal(Some.Home.Length, rescued.GetProperty("size").GetInt64());
        Assert.False(byReason["unknown-host"].TryGetProperty("site", out _));
        Assert.DoesNotContain("secret", await File.ReadAllTextAsync(bench.AccessLogPath, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task Queries_are_logged_where_an_operator_wants_them()
    {
        await using var bench = await Bench.StartAsync(("AccessLog:Query", "true"));
        await bench.GetAsync("/about?q=1");

        Assert.Equal("/about?q=1", (await LinesAsync(bench, 1))[0].GetProperty("target").GetString());
    }

    [Fact(Timeout = 30_000)]
    public async Task A_cut_answer_is_named()
    {
        await using var bench = await Bench.StartAsync();
        bench.Origin.Answer = Answers.ThenClose("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        await bench.GetAsync("/");

        var line = Assert.Single(await LinesAsync(bench, 1));
        Assert.Equal("body-cut", line.GetProperty("problem").GetString());
    }

    [Fact(Timeout = 30_000)]
    public async Task What_waits_is_written_before_the_edge_ends()
    {
        await using var bench = await Bench.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            await bench.GetAsync($"/{i}");
        }

        await bench.StopEdgeAsync();

        Assert.Equal(20, (await File.ReadAllLinesAsync(bench.AccessLogPath, TestContext.Current.CancellationToken)).Length);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_log_that_cannot_be_written_stops_nobody()
    {
        await using var bench = await Bench.PrepareAsync();
        Directory.CreateDirectory(bench.AccessLogPath);
        await bench.StartEdgeAsync();

        Assert.Equal(200, (await bench.GetAsync("/")).Status);
        await Wait.UntilAsync("it is said", () => bench.Log.Events.Any(entry => entry.Id == 400));
        Assert.Equal(200, (await bench.GetAsync("/")).Status);
    }

    private static async Task<IReadOnlyList<JsonElement>> LinesAsync(Bench bench, int count)
    {
        string[] lines = [];
        await Wait.UntilAsync($"{count} lines are written", async () =>
        {
            lines = File.Exists(bench.AccessLogPath) ? await File.ReadAllLinesAsync(bench.AccessLogPath, TestContext.Current.CancellationToken) : [];
            return lines.Length >= count;
        });
        Assert.Equal(count, lines.Length);
        return [.. lines.Select(line => JsonElement.Parse(line))];
    }
}

using System.Diagnostics;
using System.Text.Json;
using EdgeHost.Sites;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Tests.FrontDoor;

public sealed class EdgectlTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 30_000)]
    public async Task Sets_a_mode_and_says_how_to_undo_it()
    {
        await using var bench = await Bench.StartAsync(("Sites:nova:Groups:0", "gold"));

        var (code, output, _) = await RunAsync(bench, "mode", "set", "group:gold", "snapshot", "--reason", "upgrade", "--actor", "kim", "--for", "30m");
        Assert.Equal(0, code);
        Assert.StartsWith("group:gold is in mode snapshot until ", output, StringComparison.Ordinal);
        Assert.EndsWith("(journal record 1).\nTo undo: edgectl mode clear group:gold --reason …\n", output, StringComparison.Ordinal);
        Assert.EndsWith("scope=group:gold", (await bench.GetAsync("/")).Decision!, StringComparison.Ordinal);
        Assert.Contains(bench.Log.Events, entry => entry.Id == 120 && entry.Message.StartsWith("Site nova is in mode snapshot (was auto), set on group:gold by kim: upgrade", StringComparison.Ordinal));

        (_, output, _) = await RunAsync(bench, "mode", "set", "group:gold", "live", "--reason", "upgrade", "--until-removed");
        Assert.StartsWith("group:gold is in mode live until somebody ends it", output, StringComparison.Ordinal);
        Assert.Matches(@"To undo: edgectl mode set group:gold snapshot --until \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ --reason …\n\z", output);

        (code, output, _) = await RunAsync(bench, "mode", "clear", "group:gold", "--reason", "done");
        Assert.Equal((0, "group:gold is not in mode live any more (journal record 3).\nTo undo: edgectl mode set group:gold live --until-removed --reason …\n"), (code, output));
        Assert.Equal("live; reason=origin-usable", (await bench.GetAsync("/")).Decision);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("site:nova/about")]
    [InlineData("site:nova")]
    [InlineData("origin:platform")]
    [InlineData("all")]
    public async Task Knows_every_scope(string scope)
    {
        await using var bench = await Bench.StartAsync();

        var (set, _, error) = await RunAsync(bench, "mode", "set", scope, "maintenance", "--reason", "test", "--confirm", "all");
        Assert.Equal((0, ""), (set, error));
        Assert.Equal($"unavailable; reason=maintenance; scope={scope}", (await bench.GetAsync("/about")).Decision);

        var (cleared, _, _) = await RunAsync(bench, "mode", "clear", scope, "--reason", "test", "--confirm", "all");
        Assert.Equal(0, cleared);
        Assert.Equal("live; reason=origin-usable", (await bench.GetAsync("/about")).Decision);
    }

    [Fact(Timeout = 30_000)]
    public async Task Passes_a_refusal_on_with_what_overrides_it()
    {
        await using var bench = await Bench.StartAsync(("Interlocks:LargestSnapshotAge", "14.00:00:00"));

        var (code, output, error) = await RunAsync(bench, "mode", "set", "all", "snapshot", "--reason", "test");
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("refused by snapshot-stale: ", error, StringComparison.Ordinal);
        Assert.Contains("  if it is meant: --override-rule snapshot-stale   (sites: nova)\n", error, StringComparison.Ordinal);
        Assert.Contains("  if it is meant: --confirm all\n", error, StringComparison.Ordinal);

        (code, output, _) = await RunAsync(bench, "mode", "set", "all", "snapshot", "--reason", "test", "--json");
        Assert.Equal((1, 409), (code, JsonElement.Parse(output).GetProperty("status").GetInt32()));

        (code, _, _) = await RunAsync(bench, "mode", "set", "site:nova", "snapshot", "--reason", "test", "--actor", "kim", "--local");
        Assert.Equal(1, code);
        Assert.Contains(bench.Log.Events, entry => entry.Id == 123 && entry.Message.StartsWith("A change on site:nova for this edge alone, asked for by kim, was refused by snapshot-stale", StringComparison.Ordinal));

        (code, output, error) = await RunAsync(bench, "mode", "set", "all", "snapshot", "--reason", "test", "--override-rule", "snapshot-stale", "--confirm", "all");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains(", against snapshot-stale).\n", output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task Plans_without_a_change()
    {
        await using var bench = await Bench.StartAsync(("Sites:mira:Hosts:0", "www.mira.example"), ("Sites:mira:Origin", "platform"));

        var (code, output, error) = await RunAsync(bench, "plan", "origin:platform", "snapshot");
        Assert.Equal(1, code);
        Assert.Contains("Sites that change: 2.\n", output, StringComparison.Ordinal);
        Assert.Contains("This edge had no requests in the last minute.\n", output, StringComparison.Ordinal);
        Assert.Contains("nova\tlive (auto)\tsnapshot (snapshot on origin:platform)\t\t0\n", output, StringComparison.Ordinal);
        Assert.Contains("mira\tlive (auto)\tunavailable (snapshot on origin:platform)\tsnapshot-missing\t0\n", output, StringComparison.Ordinal);
        Assert.Contains("refused by snapshot-missing", error, StringComparison.Ordinal);

        (code, output, _) = await RunAsync(bench, "mode", "set", "site:nova", "snapshot", "--reason", "test", "--dry-run", "--json");
        Assert.Equal((0, "site:nova"), (code, JsonElement.Parse(output).GetProperty("scope").GetString()));
        (code, _, _) = await RunAsync(bench, "plan", "site:nova", "--clear");
        Assert.Equal(0, code);
        Assert.Equal("live; reason=origin-usable", (await bench.GetAsync("/")).Decision);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("site:nova", 75)]
    [InlineData("site:nova/about", 75)]
    [InlineData("site:mira", 25)]
    [InlineData("all", 100)]
    public async Task A_plan_tells_the_share_of_the_requests(string scope, double percent)
    {
        await using var bench = await Bench.StartAsync(("Sites:mira:Hosts:0", "www.mira.example"), ("Sites:mira:Origin", "platform"));
        foreach (var host in new[] { "www.nova.example", "www.nova.example", "www.nova.example", "www.mira.example" })
        {
            await bench.SendAsync($"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
        }

        await Wait.UntilAsync("all are counted", () => bench.Services.GetRequiredService<SiteTableState>().Current.Sites.Sum(site => site.State.Requests.Total) == 4);

        var (_, output, _) = await RunAsync(bench, "plan", scope, "live", "--json");
        var requests = JsonElement.Parse(output).GetProperty("requests");
        Assert.Equal(percent, requests.GetProperty("sharePercent").GetDouble());
        Assert.True(requests.GetProperty("perSecond").GetDouble() > 0);
        Assert.Matches($@"\nThey had {percent} % of this edge's requests in the last minute \([0-9.]+ of [0-9.]+ per second\)\.\n", (await RunAsync(bench, "plan", scope, "live")).Output);
    }

    [Fact(Timeout = 30_000)]
    public async Task Switches_one_edge_alone_without_the_store()
    {
        await using var bench = await Bench.StartAsync();
        Directory.Move(bench.StoreDirectory, bench.StoreDirectory + ".away");

        var (code, _, error) = await RunAsync(bench, "mode", "set", "site:nova", "snapshot", "--reason", "fire");
        Assert.Equal(3, code);
        Assert.Contains("(503)", error, StringComparison.Ordinal);

        (code, var output, _) = await RunAsync(bench, "mode", "set", "site:nova", "snapshot", "--reason", "fire", "--local");
        Assert.Equal(0, code);
        Assert.EndsWith("(on this edge alone; the journal is told when the store is there).\nTo undo: edgectl mode clear site:nova --reason … --local\n", output, StringComparison.Ordinal);
        Assert.Contains("\tsite:nova (this edge)\t", (await RunAsync(bench, "status")).Output, StringComparison.Ordinal);

        (code, output, _) = await RunAsync(bench, "mode", "clear", "site:nova", "--reason", "out", "--local");
        Assert.Equal(0, code);
        Assert.StartsWith("site:nova is not in mode snapshot any more", output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task Tells_who_ends_the_one_that_the_other_holds()
    {
        await using var bench = await Bench.StartAsync();
        await RunAsync(bench, "mode", "set", "site:nova/shop", "maintenance", "--reason", "fire", "--local");

        var (code, output, error) = await RunAsync(bench, "mode", "clear", "site:nova/shop", "--reason", "out");
        Assert.Equal(1, code);
        Assert.StartsWith("Nothing was set on site:nova/shop", output, StringComparison.Ordinal);
        Assert.Matches("^On this edge alone it is in mode maintenance until [-0-9: ]+Z: add --local\\.\n$", error);

        Assert.Equal(0, (await RunAsync(bench, "mode", "clear", "site:nova/shop", "--reason", "out", "--local")).Code);
        Assert.Equal((0, ""), ((await RunAsync(bench, "mode", "list")).Code, (await RunAsync(bench, "mode", "list")).Output));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("mode set site:nova snapshot", "error: Option '--reason' is required.\nSee 'edgectl mode set --help'.\n")]
    [InlineData("mode set site:nova snapshot --reason x --until 2030-01-31T18:00", "error: '2030-01-31T18:00' is not a time with its zone, such as 2026-01-31T18:00Z.\nSee 'edgectl mode set --help'.\n")]
    [InlineData("mode set site:nova snapshot --reason x --until tomorrow", "error: 'tomorrow' is not a time with its zone, such as 2026-01-31T18:00Z.\nSee 'edgectl mode set --help'.\n")]
    [InlineData("nothing", "error: Required command was not provided.\nerror: Unrecognized command or argument 'nothing'.\nSee 'edgectl --help'.\n")]
    public async Task Says_what_is_wrong_and_not_all_that_could_be_right(string line, string error)
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();

        Assert.Equal(2, await EdgeHost.Cli.Edgectl.RunAsync(line.Split(' '), new() { Output = output, Error = errors }));

        Assert.Equal(("", error), (output.ToString(), errors.ToString()));
    }

    [Fact(Timeout = 30_000)]
    public async Task What_is_no_edge_is_told_from_one_that_refuses()
    {
        await using var bench = await Bench.StartAsync();

        var (code, _, error) = await RunAsync(bench, "status", "--edge", $"http://127.0.0.1:{bench.Port}");

        Assert.Equal(3, code);
        Assert.Contains("is no edge's management listener (Management:Url, port 8081 by default): 421 ", error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_site_that_must_be_live_and_cannot_be_reached_answers_nobody()
    {
        await using var bench = await Bench.StartAsync();
        bench.Origin.Refuse();
        await bench.FailAsync();
        await RunAsync(bench, "mode", "set", "site:nova", "live", "--reason", "vendor", "--override-rule", "origin-down", "--override-rule", "too-many-unavailable");

        Assert.Equal("unavailable", (await RunAsync(bench, "status")).Output.Split('\t')[1]);
        Assert.Equal(503, (await bench.GetAsync("/")).Status);
    }

    [Fact(Timeout = 30_000)]
    public async Task Shows_what_answers()
    {
        await using var bench = await Bench.StartAsync();
        await RunAsync(bench, "mode", "set", "site:nova", "snapshot", "--reason", "a\treason", "--actor", "kim", "--until-removed");

        var (code, output, error) = await RunAsync(bench, "status");
        var row = output.TrimEnd('\n').Split('\t');
        Assert.Equal(0, code);
        Assert.Equal(["nova", "snapshot", "snapshot", "site:nova", "kim: a reason", "removed", "platform up"], row[..7]);
        Assert.Equal("0", row[9]);
        Assert.Contains("; store ok", error, StringComparison.Ordinal);

        (code, output, _) = await RunAsync(bench, "status", "--json");
        Assert.Equal((0, "nova"), (code, JsonElement.Parse(output).GetProperty("sites")[0].GetProperty("id").GetString()));
    }

    [Fact(Timeout = 30_000)]
    public async Task Warns_of_a_probe_that_cannot_be_right()
    {
        await using var bench = await Bench.StartAsync(("Sites:nova:Probe:Path", "/health"), ("Origins:platform:ProbeInterval", "00:00:00.050"));
        bench.Origin.Answer = exchange => (exchange.Request.Target == "/health" ? Answers.Status(404) : Answers.LiveHome)(exchange);

        await Wait.UntilAsync("it is known", async () =>
        {
            await bench.GetAsync("/");
            return bench.Site.State.Probe is { Finding: ProbeFinding.ConfigurationError };
        });

        var error = (await RunAsync(bench, "status")).Error;
        Assert.Contains("\nwarning: the probe of nova can't be right, and is left out of account: it sent GET ", error, StringComparison.Ordinal);
        Assert.Contains(" and received 404", error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task Explains_an_answer()
    {
        await using var bench = await Bench.StartAsync();
        await RunAsync(bench, "mode", "set", "site:nova", "snapshot", "--reason", "a\treason", "--actor", "kim", "--until-removed");

        var (code, output, error) = await RunAsync(bench, "explain", "http://www.nova.example/about?a=b&c", "--method", "post", "--client", "192.0.2.7");
        var lines = output.TrimEnd('\n').Split('\n').Select(line => line.Split('\t') is [var name, var text] ? (name, text) : throw new FormatException(line)).ToList();
        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("POST http://www.nova.example/about?a=b&c, ", lines[0].text, StringComparison.Ordinal);
        Assert.Equal(("answer", "unavailable; reason=not-readable; scope=site:nova"), lines[1]);
        Assert.Equal(("", "503. No snapshot can accept a POST. The visitor is told that nothing was received."), lines[2]);
        Assert.Equal(["request", "answer", "", "target", "site", "path rule", "override", "origin:platform", "site:nova", "visitor", "snapshot"], lines.Select(line => line.name));
        Assert.Equal("snapshot on site:nova: decides. Set by kim: a reason; until somebody ends it", lines[6].text);
        Assert.EndsWith(" It doesn't hold this, which may exist all the same.", lines[^1].text, StringComparison.Ordinal);

        (code, output, _) = await RunAsync(bench, "explain", "http://unknown.example/");
        Assert.Equal(0, code);
        Assert.EndsWith("answer\trefused; reason=unknown-host\n\t421. No site of this host is served here.\ntarget\t/\n", output, StringComparison.Ordinal);

        (code, output, _) = await RunAsync(bench, "explain", "http://www.nova.example/", "--json");
        Assert.Equal((0, "snapshot"), (code, JsonElement.Parse(output).GetProperty("answer").GetProperty("kind").GetString()));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("mode set nova live --reason x", 2)]
    [InlineData("mode set site:nova live", 2)]
    [InlineData("mode set site:nova --reason x", 2)]
    [InlineData("mode set site:nova off --reason x", 2)]
    [InlineData("mode set site:none live --reason x", 2)]
    [InlineData("mode set site:nova live --reason x --for 4", 2)]
    [InlineData("mode set site:nova live --reason x --for 4h --until-removed", 2)]
    [InlineData("mode set site:nova live --reason x --override-rule gravity", 2)]
    [InlineData("mode clear site:nova", 2)]
    [InlineData("plan site:nova", 2)]
    [InlineData("status --edge nowhere", 2)]
    [InlineData("status --token-file /nonexistent/token", 2)]
    [InlineData("status --token b\u0007d", 2)]
    [InlineData("status --token wrong-token-of-some-length", 1)]
    [InlineData("status --edge http://127.0.0.1:9", 3)]
    [InlineData("explain", 2)]
    [InlineData("explain www.nova.example", 2)]
    [InlineData("explain http://www.nova.example/ --client kim", 2)]
    [InlineData("status", 0)]
    public async Task Ends_with_the_documented_code(string line, int expected)
    {
        await using var bench = await Bench.StartAsync();

        var (code, _, error) = await RunAsync(bench, line.Split(' '));

        Assert.Equal(expected, code);
        Assert.NotEmpty(error);
    }

    [Fact(Timeout = 30_000)]
    public async Task Takes_the_token_from_a_file()
    {
        await using var bench = await Bench.StartAsync();
        var file = Path.Combine(bench.DataDirectory, "token");
        await File.WriteAllTextAsync(file, Bench.Token + "\n", Cancel);

        Assert.Equal(0, (await RunAsync(bench, "status", "--token-file", file)).Code);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("nowhere", 2)]
    [InlineData("http://127.0.0.1:9", 3)]
    [InlineData(null, 0)]
    public async Task Takes_edge_and_token_from_the_environment(string? edge, int expected)
    {
        await using var bench = await Bench.StartAsync();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "edgectl.dll"), "status"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["EDGECTL_EDGE"] = edge ?? bench.Management.BaseAddress!.ToString();
        start.Environment["EDGECTL_TOKEN"] = Bench.Token;

        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Cancel), process.StandardError.ReadToEndAsync(Cancel));
        await process.WaitForExitAsync(Cancel);

        Assert.True(expected == process.ExitCode, await error);
        Assert.Equal(expected == 0, (await output).StartsWith("nova\t", StringComparison.Ordinal));
    }

    private static Task<(int Code, string Output, string Error)> RunAsync(Bench bench, params string[] line) => CommandLine.RunAsync(bench, line);
}

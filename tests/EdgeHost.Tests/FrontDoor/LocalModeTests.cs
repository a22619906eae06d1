using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EdgeHost.Following;
using EdgeHost.Modes;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Operating;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Tests.FrontDoor;

public sealed class LocalModeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Without_the_store_a_mode_can_be_set_for_this_edge_alone_and_the_journal_is_told_later()
    {
        await using var bench = await Bench.StartAsync();
        await GoneAsync(bench);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await PutAsync(bench, "sites/nova", new { mode = "maintenance", actor = "kim", reason = "test" })).Status);

        var (status, set) = await PutAsync(bench, "sites/nova", new { mode = "maintenance", actor = "kim", reason = "fire", local = true });

        Assert.Equal((HttpStatusCode.OK, true), (status, set.GetProperty("local").GetBoolean()));
        Assert.False(set.TryGetProperty("number", out _));
        Assert.False(set.TryGetProperty("warning", out _));
        Assert.Equal("DELETE /api/v1/overrides/sites/nova?actor=…&reason=…&local=true", set.GetProperty("undo").GetString());
        await HoldsAsync(bench);

        await bench.StopEdgeAsync();
        await bench.StartEdgeAsync();
        await HoldsAsync(bench);

        await BackAsync(bench);
        await Wait.UntilAsync("the journal is told", () => !bench.Services.GetRequiredService<LocalModes>().HasPending);
        await HoldsAsync(bench);
        var record = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(bench.StoreDirectory, StoreKeys.Record("ops", 1)), Cancel));
        Assert.Equal(("edge-mode-set", false, "kim", "fire"), (
            record.GetProperty("type").GetString(), record.GetProperty("mustUnderstand").GetBoolean(), record.GetProperty("actor").GetString(), record.GetProperty("reason").GetString()));
        Assert.Equal(bench.Services.GetRequiredService<LocalModes>().Edge, record.GetProperty("data").GetProperty("edge").GetString());
        Assert.True(record.GetProperty("data").GetProperty("decidedAt").GetDateTimeOffset() < record.GetProperty("at").GetDateTimeOffset());

        // What the journal knows needs no file of the edge's own.
        await bench.StopEdgeAsync();
        File.Delete(Path.Combine(bench.DataDirectory, "replica", "local.json"));
        await bench.StartEdgeAsync();
        await HoldsAsync(bench);

        using var cleared = await bench.Management.DeleteAsync(new Uri("/api/v1/overrides/sites/nova?actor=kim&reason=out&local=true", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.OK, cleared.StatusCode);
        Assert.Equal(200, (await bench.GetAsync("/")).Status);
        await Wait.UntilAsync("the journal is told of the end too", () => File.Exists(Path.Combine(bench.StoreDirectory, StoreKeys.Record("ops", 2))));
        await Wait.UntilAsync("nothing is left", () => !bench.Services.GetRequiredService<LocalModes>().HasPending);
        Assert.Equal(200, (await bench.GetAsync("/")).Status);
    }

    [Fact(Timeout = 30_000)]
    public async Task What_is_set_for_one_edge_concerns_no_other_and_stands_before_what_is_set_for_all_edges()
    {
        await using var bench = await Bench.StartAsync();
        var elsewhere = new ModeOverride(OperatorMode.Maintenance, "sam", TimeProvider.System.GetUtcNow(), "elsewhere");
        var other = new string('0', 32);
        await bench.Store.AppendOpsAsync(OpsRecords.EdgeModeSet(other, OverrideScope.Of(Some.SiteId), elsewhere));
        await Wait.UntilAsync("it is read", () => bench.Services.GetRequiredService<StoreView>().Journals?.Ops.Head.Number == 1);
        bench.Services.GetRequiredService<ModeLoop>().Apply();
        Assert.Equal("live; reason=origin-usable", (await bench.GetAsync("/")).Decision);

        await PutAsync(bench, "sites/nova", new { mode = "live", actor = "kim", reason = "here", local = true });
        await PutAsync(bench, "sites/nova", new { mode = "maintenance", actor = "sam", reason = "everywhere" });
        Assert.Equal("live; reason=operator-forced; scope=site:nova", (await bench.GetAsync("/")).Decision);

        Assert.Equal(["live kim True ", "maintenance sam False ", "maintenance sam False " + other], (await ListAsync(bench)).Select(one =>
            $"{one.GetProperty("mode")} {one.GetProperty("actor")} {one.TryGetProperty("local", out _)} {(one.TryGetProperty("edge", out var edge) ? edge : "")}"));
        var (code, output, _) = await CommandLine.RunAsync(bench, "mode", "list");
        Assert.Equal(0, code);
        Assert.Equal(
            ["site:nova live this edge kim here", "site:nova maintenance all edges sam everywhere", $"site:nova maintenance edge {other} sam elsewhere"],
            output.TrimEnd('\n').Split('\n').Select(line => string.Join(' ', line.Split('\t')[..5])));
    }

    [Fact(Timeout = 30_000)]
    public async Task Rules_refuse_here_too()
    {
        await using var bench = await Bench.StartAsync(("Interlocks:LargestSnapshotAge", "14.00:00:00"));
        await GoneAsync(bench);

        var (status, refused) = await PutAsync(bench, "all", new { mode = "snapshot", actor = "kim", reason = "fire", local = true });
        Assert.Equal((HttpStatusCode.Conflict, 2), (status, refused.GetProperty("overrideRules").GetArrayLength()));
        Assert.Equal("live; reason=origin-usable", (await bench.GetAsync("/")).Decision);

        (status, _) = await PutAsync(bench, "all", new { mode = "snapshot", actor = "kim", reason = "fire", local = true, confirm = "all", overrideRules = new[] { "snapshot-stale" } });
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.StartsWith("snapshot; reason=operator-forced", (await bench.GetAsync("/")).Decision, StringComparison.Ordinal);
        await BackAsync(bench);
        await Wait.UntilAsync("the journal is told", () => File.Exists(Path.Combine(bench.StoreDirectory, StoreKeys.Record("ops", 1))));
        var record = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(bench.StoreDirectory, StoreKeys.Record("ops", 1)), Cancel));
        Assert.Equal("snapshot-stale", record.GetProperty("data").GetProperty("overridden")[0].GetString());
    }

    [Fact(Timeout = 30_000)]
    public async Task A_full_disk_does_not_keep_an_operator_from_acting()
    {
        await using var bench = await Bench.StartAsync();
        await GoneAsync(bench);
        // What is in the way of a file that is to be written.
        Directory.CreateDirectory(Path.Combine(bench.DataDirectory, "replica", "local.json"));

        var (status, set) = await PutAsync(bench, "sites/nova", new { mode = "maintenance", actor = "kim", reason = "fire", local = true });

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("a restart", set.GetProperty("warning").GetString()!, StringComparison.Ordinal);
        Assert.Equal(503, (await bench.GetAsync("/")).Status);
    }

    private static async Task HoldsAsync(Bench bench)
    {
        Assert.Equal("unavailable; reason=maintenance; scope=site:nova", (await bench.GetAsync("/")).Decision);
        var held = Assert.Single(await ListAsync(bench));
        Assert.Equal(("maintenance", "kim", true), (held.GetProperty("mode").GetString(), held.GetProperty("actor").GetString(), held.GetProperty("local").GetBoolean()));
        var sites = await bench.Management.GetFromJsonAsync<JsonElement>("/api/v1/sites", Cancel);
        Assert.Equal(bench.Services.GetRequiredService<LocalModes>().Edge, sites.GetProperty("edge").GetProperty("id").GetString());
        Assert.True(sites.GetProperty("sites")[0].GetProperty("mode").GetProperty("local").GetBoolean());
    }

    private static async Task<IReadOnlyList<JsonElement>> ListAsync(Bench bench) =>
        [.. (await bench.Management.GetFromJsonAsync<JsonElement>("/api/v1/overrides", Cancel)).GetProperty("overrides").EnumerateArray()];

    private static async Task GoneAsync(Bench bench)
    {
        Directory.Move(bench.StoreDirectory, bench.StoreDirectory + ".away");
        await bench.StoreStateIsAsync(StoreHealth.Unreachable);
    }

    private static async Task BackAsync(Bench bench)
    {
        Directory.Move(bench.StoreDirectory + ".away", bench.StoreDirectory);
        await bench.StoreStateIsAsync(StoreHealth.Ok);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Answer)> PutAsync(Bench bench, string path, object order)
    {
        using var response = await bench.Management.PutAsJsonAsync($"/api/v1/overrides/{path}", order, Cancel);
        return (response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancel)));
    }
}

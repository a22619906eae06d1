using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Blobs;

namespace EdgeHost.Tests.FrontDoor;

public sealed class InterlockTests
{
    private static readonly (string Key, string Value)[] Sites =
    [
        ("Sites:nova:Groups:0", "gold"), ("Sites:mira:Hosts:0", "www.mira.example"), ("Sites:mira:Origin", "platform"), ("Sites:mira:Groups:0", "gold"),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 30_000)]
    public async Task A_refusal_names_the_rule_and_what_overrides_it_and_both_are_on_record()
    {
        await using var bench = await Bench.StartAsync([.. Sites, ("Interlocks:LargestSnapshotAge", "14.00:00:00")]);

        var refused = await SendAsync(bench, "groups/gold", HttpStatusCode.Conflict, new { mode = "snapshot", actor = "kim", reason = "test" });

        Assert.Equal(["snapshot-missing", "snapshot-stale"], Words(refused.GetProperty("overrideRules")));
        Assert.Equal(["mira"], Words(refused.GetProperty("refusals")[0].GetProperty("sites")));
        Assert.Equal(["nova"], Words(refused.GetProperty("refusals")[1].GetProperty("sites")));
        Assert.Contains("older than 14 days", refused.GetProperty("detail").GetString()!, StringComparison.Ordinal);
        Assert.Equal("live; reason=origin-usable", (await bench.GetAsync("/")).Decision);

        var half = await SendAsync(bench, "groups/gold", HttpStatusCode.Conflict, new { mode = "snapshot", actor = "kim", reason = "test", overrideRules = new[] { "snapshot-stale" } });
        Assert.Equal(["snapshot-stale", "snapshot-missing"], Words(half.GetProperty("overrideRules")));

        var done = await SendAsync(bench, "groups/gold", HttpStatusCode.OK, new
        {
            mode = "snapshot",
            actor = "kim",
            reason = "test",
            overrideRules = half.GetProperty("overrideRules"),
        });
        Assert.Equal(["snapshot-missing", "snapshot-stale"], Words(done.GetProperty("overriddenRules")));
        Assert.EndsWith("scope=group:gold", (await bench.GetAsync("/")).Decision!, StringComparison.Ordinal);

        var (first, last) = (await RecordAsync(bench, 1), await RecordAsync(bench, 3));
        Assert.Equal(("change-refused", false), (first.GetProperty("type").GetString(), first.GetProperty("mustUnderstand").GetBoolean()));
        Assert.Equal(["snapshot-missing", "snapshot-stale"], Words(first.GetProperty("data").GetProperty("rules")));
        Assert.Equal(("mode-set", true), (last.GetProperty("type").GetString(), last.GetProperty("mustUnderstand").GetBoolean()));
        Assert.Equal(["snapshot-missing", "snapshot-stale"], Words(last.GetProperty("data").GetProperty("overridden")));
    }

    [Fact(Timeout = 30_000)]
    public async Task Nobody_is_forced_onto_an_origin_that_is_down()
    {
        await using var bench = await Bench.StartAsync([.. Sites, ("Origins:platform:ProbeInterval", "00:05:00")]);
        bench.Origin.Refuse();
        await bench.FailAsync();

        var refused = await SendAsync(bench, "sites/nova", HttpStatusCode.Conflict, new { mode = "live", actor = "kim", reason = "test" });

        Assert.Equal("origin-down", refused.GetProperty("refusals")[0].GetProperty("rule").GetString());
        Assert.StartsWith("snapshot; reason=origin-down", (await bench.GetAsync("/")).Decision, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task Not_too_many_sites_go_at_once_and_all_of_them_only_by_name()
    {
        await using var bench = await Bench.StartAsync(Sites);

        await SendAsync(bench, "sites/nova", HttpStatusCode.OK, new { mode = "maintenance", actor = "kim", reason = "test" });
        var second = await SendAsync(bench, "groups/gold", HttpStatusCode.Conflict, new { mode = "maintenance", actor = "kim", reason = "test" });
        var all = await SendAsync(bench, "all", HttpStatusCode.Conflict, new { mode = "maintenance", actor = "kim", reason = "test" });

        Assert.Equal(["too-many-unavailable"], Words(second.GetProperty("overrideRules")));
        Assert.Equal(["too-many-unavailable", "scope-not-typed"], Words(all.GetProperty("overrideRules")));
        await SendAsync(bench, "all", HttpStatusCode.OK, new { mode = "maintenance", actor = "kim", reason = "test", confirm = "all", overrideRules = new[] { "too-many-unavailable" } });

        using var unconfirmed = await bench.Management.DeleteAsync(new Uri("/api/v1/overrides/all?actor=kim&reason=test", UriKind.Relative), Cancel);
        using var confirmed = await bench.Management.DeleteAsync(new Uri("/api/v1/overrides/all?actor=kim&reason=test&overrideRules=scope-not-typed&overrideRules=origin-down", UriKind.Relative), Cancel);
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.OK), (unconfirmed.StatusCode, confirmed.StatusCode));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("snapshot-missing", "site:mira", "snapshot")]
    [InlineData("snapshot-stale", "site:nova", "snapshot")]
    [InlineData("snapshot-incomplete", "site:nova", "snapshot")]
    [InlineData("origin-down", "site:nova", "live")]
    [InlineData("too-many-unavailable", "group:gold", "maintenance")]
    [InlineData("scope-not-typed", "all", "live")]
    public async Task Each_rule_refuses_by_its_name_gives_way_to_it_and_both_are_on_record(string rule, string scope, string mode)
    {
        await using var bench = await Bench.PrepareAsync(
        [
            .. Sites,
            ("Interlocks:LargestSnapshotAge", rule == "snapshot-stale" ? "14.00:00:00" : "3650.00:00:00"),
            ("Interlocks:LargestUnavailablePercent", rule == "too-many-unavailable" ? "20" : "100"),
        ]);
        await bench.Store.PublishAsync(Some.Draft());
        if (rule == "snapshot-incomplete")
        {
            File.Delete(bench.Store.PathOf(BlobHash.Of(Encoding.UTF8.GetBytes(Some.Html("about as exported")))));
        }

        await bench.StartEdgeAsync();
        await bench.HasSnapshotAsync(1);
        if (rule == "origin-down")
        {
            bench.Origin.Refuse();
            await bench.FailAsync();
        }

        var (code, output, error) = await CommandLine.RunAsync(bench, "mode", "set", scope, mode, "--reason", "test", "--actor", "kim");
        Assert.Equal((1, ""), (code, output));
        Assert.Equal($"refused by {rule}", Assert.Single(error.Split('\n'), line => line.StartsWith("refused", StringComparison.Ordinal)).Split(':')[0]);
        Assert.DoesNotContain($"scope={scope}", (await AnswerAsync(bench, rule)).Decision!, StringComparison.Ordinal);

        (code, _, error) = await CommandLine.RunAsync(bench, "mode", "set", scope, mode, "--reason", "test", "--actor", "kim", "--override-rule", rule);
        Assert.Equal((0, ""), (code, error));
        Assert.EndsWith($"scope={scope}", (await AnswerAsync(bench, rule)).Decision!, StringComparison.Ordinal);

        var (refused, made) = (await RecordAsync(bench, 1), await RecordAsync(bench, 2));
        Assert.Equal(("change-refused", scope, mode), (refused.GetProperty("type").GetString(), refused.GetProperty("data").GetProperty("scope").GetString(), refused.GetProperty("data").GetProperty("mode").GetString()));
        Assert.Equal([rule], Words(refused.GetProperty("data").GetProperty("rules")));
        Assert.Equal(("mode-set", "kim", "test"), (made.GetProperty("type").GetString(), made.GetProperty("actor").GetString(), made.GetProperty("reason").GetString()));
        Assert.Equal([rule], Words(made.GetProperty("data").GetProperty("overridden")));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_plan_tells_and_writes_nothing()
    {
        await using var bench = await Bench.StartAsync(Sites);

        var plan = await PlanAsync(bench, new { scope = "group:gold", mode = "snapshot" });

        Assert.True(plan.GetProperty("refused").GetBoolean());
        Assert.Equal("snapshot-missing", plan.GetProperty("refusals")[0].GetProperty("rule").GetString());
        var sites = plan.GetProperty("sites").EnumerateArray().ToDictionary(site => site.GetProperty("id").GetString()!);
        Assert.Equal(["mira", "nova"], sites.Keys.Order());
        Assert.Equal(("auto", "live"), ModeOf(sites["nova"].GetProperty("before")));
        Assert.Equal(("snapshot", "snapshot"), ModeOf(sites["nova"].GetProperty("after")));
        Assert.Equal("group:gold", sites["nova"].GetProperty("after").GetProperty("scope").GetString());
        Assert.Equal(("snapshot", "unavailable"), ModeOf(sites["mira"].GetProperty("after")));
        Assert.Empty(Words(sites["nova"].GetProperty("notReady")));
        Assert.Equal(["snapshot-missing"], Words(sites["mira"].GetProperty("notReady")));
        Assert.False(Directory.Exists(Path.Combine(bench.StoreDirectory, "journal", "ops")));

        await SendAsync(bench, "sites/nova", HttpStatusCode.OK, new { mode = "live", actor = "kim", reason = "test" });
        var covered = await PlanAsync(bench, new { scope = "group:gold", mode = "snapshot", overrideRules = new[] { "snapshot-missing" } });
        Assert.False(covered.GetProperty("refused").GetBoolean());
        Assert.Equal(["mira"], covered.GetProperty("sites").EnumerateArray().Select(site => site.GetProperty("id").GetString()!));
        var end = await PlanAsync(bench, new { scope = "site:nova", clear = true });
        Assert.Equal(("auto", "live"), ModeOf(end.GetProperty("sites")[0].GetProperty("after")));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("{\"scope\":\"nova\",\"mode\":\"live\"}", 400, "is not a scope")]
    [InlineData("{\"mode\":\"live\"}", 400, "is not a scope")]
    [InlineData("{\"scope\":\"site:none\",\"mode\":\"live\"}", 404, "No site 'none'")]
    [InlineData("{\"scope\":\"site:nova\"}", 400, "is not a mode")]
    [InlineData("{\"scope\":\"site:nova\",\"mode\":\"live\",\"clear\":true}", 400, "has no mode")]
    [InlineData("{\"scope\":\"site:nova\",\"mode\":\"live\",\"overrideRules\":[\"gravity\"]}", 400, "'gravity' is not a rule. Use snapshot-missing,")]
    [InlineData("{\"scope\":\"site:nova\",\"mode\":\"live\",\"expires\":1}", 400, "")]
    public async Task A_plan_that_can_not_be_read_is_refused(string json, int status, string detail)
    {
        await using var bench = await Bench.StartAsync();

        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var response = await bench.Management.PostAsync(new Uri("/api/v1/overrides/plan", UriKind.Relative), content, Cancel);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(detail, JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancel)).GetProperty("detail").GetString()!, StringComparison.Ordinal);
    }

    // As a visitor of the site that the rule is about.
    private static Task<RawResponse> AnswerAsync(Bench bench, string rule) =>
        bench.SendAsync($"GET / HTTP/1.1\r\nHost: {(rule == "snapshot-missing" ? "www.mira.example" : Some.Host)}\r\n\r\n");

    private static (string?, string?) ModeOf(JsonElement mode) => (mode.GetProperty("mode").GetString(), mode.GetProperty("state").GetString());

    private static string[] Words(JsonElement words) => [.. words.EnumerateArray().Select(word => word.GetString()!)];

    private static async Task<JsonElement> SendAsync(Bench bench, string path, HttpStatusCode status, object order)
    {
        using var response = await bench.Management.PutAsJsonAsync($"/api/v1/overrides/{path}", order, Cancel);
        var answer = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(status == response.StatusCode, answer);
        return JsonElement.Parse(answer);
    }

    private static async Task<JsonElement> PlanAsync(Bench bench, object order)
    {
        using var response = await bench.Management.PostAsJsonAsync("/api/v1/overrides/plan", order, Cancel);
        var answer = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(response.StatusCode == HttpStatusCode.OK, answer);
        return JsonElement.Parse(answer);
    }

    private static async Task<JsonElement> RecordAsync(Bench bench, long number) =>
        JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(bench.StoreDirectory, StoreKeys.Record("ops", number)), Cancel));
}

using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EdgeHost.Following;
using EdgeHost.SnapshotStore.Operating;

namespace EdgeHost.Tests.FrontDoor;

public sealed class ManagementApiTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 30_000)]
    public async Task Each_mode_answers_as_it_says()
    {
        await using var bench = await Bench.StartAsync();

        await SetAsync(bench, "sites/nova", "snapshot");
        Assert.StartsWith("snapshot; reason=operator-forced", (await bench.GetAsync("/")).Decision, StringComparison.Ordinal);
        Assert.Equal("unavailable; reason=not-in-snapshot; scope=site:nova", (await bench.GetAsync("/nothing")).Decision);
        Assert.Equal("unavailable; reason=not-readable; scope=site:nova", (await bench.PostAsync("/", "x")).Decision);

        await SetAsync(bench, "sites/nova", "maintenance");
        var maintenance = await bench.GetAsync("/");
        Assert.Equal((503, "unavailable; reason=maintenance; scope=site:nova"), (maintenance.Status, maintenance.Decision));
        Assert.Contains("being worked on", maintenance.Text, StringComparison.Ordinal);

        await SetAsync(bench, "sites/nova", "live");
        Assert.Equal("live; reason=operator-forced; scope=site:nova", (await bench.GetAsync("/")).Decision);
        await SetAsync(bench, "sites/nova", "auto");
        Assert.Equal("live; reason=origin-usable", (await bench.GetAsync("/")).Decision);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_sites_own_mode_holds_before_the_one_for_all()
    {
        await using var bench = await Bench.StartAsync(("Sites:mira:Hosts:0", "www.mira.example"), ("Sites:mira:Origin", "platform"), ("Interlocks:LargestUnavailablePercent", "100"));

        await SetAsync(bench, "all", "maintenance");
        Assert.Equal(503, (await bench.GetAsync("/")).Status);
        Assert.Equal(503, (await MiraAsync()).Status);

        await SetAsync(bench, "sites/nova", "auto");
        Assert.Equal(200, (await bench.GetAsync("/")).Status);
        Assert.Equal(503, (await MiraAsync()).Status);

        await ClearAsync(bench, "all");
        Assert.Equal(200, (await MiraAsync()).Status);

        Task<RawResponse> MiraAsync() => bench.SendAsync("GET / HTTP/1.1\r\nHost: www.mira.example\r\n\r\n");
    }

    [Fact(Timeout = 30_000)]
    public async Task An_override_ends_by_itself()
    {
        await using var bench = await Bench.StartAsync();

        await SetAsync(bench, "all", "maintenance", TimeProvider.System.GetUtcNow().AddSeconds(1).ToOffset(TimeSpan.FromHours(2)));
        Assert.Equal(503, (await bench.GetAsync("/")).Status);

        await Wait.UntilAsync("it has ended", async () => (await bench.GetAsync("/")).Status == 200);
        Assert.Empty((await GetAsync(bench, "overrides")).GetProperty("overrides").EnumerateArray());
    }

    [Fact(Timeout = 30_000)]
    public async Task The_answer_says_how_to_take_it_back()
    {
        await using var bench = await Bench.StartAsync();

        var first = await SetAsync(bench, "sites/nova", "snapshot");
        var second = await SetAsync(bench, "sites/nova", "maintenance");
        var cleared = await ClearAsync(bench, "sites/nova");

        Assert.Equal("site:nova", first.GetProperty("scope").GetString());
        Assert.StartsWith("DELETE /api/v1/overrides/sites/nova", first.GetProperty("undo").GetString(), StringComparison.Ordinal);
        Assert.Equal("snapshot", second.GetProperty("before").GetString());
        Assert.StartsWith("PUT /api/v1/overrides/sites/nova {\"mode\":\"snapshot\"", second.GetProperty("undo").GetString(), StringComparison.Ordinal);
        Assert.Equal("maintenance", cleared.GetProperty("before").GetString());
        Assert.False(cleared.TryGetProperty("mode", out _));
    }

    [Fact(Timeout = 30_000)]
    public async Task Taking_back_does_not_outlast_what_it_brings_back()
    {
        await using var bench = await Bench.StartAsync();
        var end = TimeProvider.System.GetUtcNow().AddHours(1);
        await SetAsync(bench, "sites/nova", "snapshot", end);

        var timed = (await SetAsync(bench, "sites/nova", "maintenance")).GetProperty("undo").GetString()!;
        Assert.Equal(end, JsonDocument.Parse(timed[timed.IndexOf('{', StringComparison.Ordinal)..]).RootElement.GetProperty("expiresAt").GetDateTimeOffset());

        await bench.Store.AppendOpsAsync(OpsRecords.ModeSet(OverrideScope.All, OperatorMode.Live, TimeProvider.System.GetUtcNow().AddSeconds(-1), "another edge", "over already"));
        var ended = await SetAsync(bench, "all", "snapshot");
        Assert.StartsWith("DELETE /api/v1/overrides/all", ended.GetProperty("undo").GetString(), StringComparison.Ordinal);
        Assert.False(ended.TryGetProperty("before", out _));
    }

    [Fact(Timeout = 30_000)]
    public async Task What_is_set_survives_a_restart_and_reaches_other_edges()
    {
        await using var bench = await Bench.StartAsync();
        await SetAsync(bench, "sites/nova", "maintenance");

        await bench.StopEdgeAsync();
        Directory.Move(bench.StoreDirectory, bench.StoreDirectory + ".away");
        await bench.StartEdgeAsync();
        Assert.Equal("unavailable; reason=maintenance; scope=site:nova", (await bench.GetAsync("/")).Decision);

        Directory.Move(bench.StoreDirectory + ".away", bench.StoreDirectory);
        await bench.StoreStateIsAsync(StoreHealth.Ok);
        await bench.Store.AppendOpsAsync(OpsRecords.ModeCleared(OverrideScope.Of(Some.SiteId), "another edge", "done"));
        await Wait.UntilAsync("it is cleared here too", async () => (await bench.GetAsync("/")).Status == 200);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("overrides/all", "{\"mode\":\"off\",\"actor\":\"kim\",\"reason\":\"test\"}", 400, "'off' is not a mode")]
    [InlineData("overrides/all", "{\"mode\":\"1\",\"actor\":\"kim\",\"reason\":\"test\"}", 400, "is not a mode")]
    [InlineData("overrides/all", "{\"mode\":\"+1\",\"actor\":\"kim\",\"reason\":\"test\"}", 400, "is not a mode")]
    [InlineData("overrides/all", "{\"mode\":\"live, snapshot\",\"actor\":\"kim\",\"reason\":\"test\"}", 400, "is not a mode")]
    [InlineData("overrides/all", "{\"mode\":\"\",\"actor\":\"kim\",\"reason\":\"test\"}", 400, "is not a mode")]
    [InlineData("overrides/all", "{\"actor\":\"kim\",\"reason\":\"test\"}", 400, "is not a mode")]
    [InlineData("overrides/all", "{\"mode\":\"live\",\"reason\":\"test\"}", 400, "actor is missing")]
    [InlineData("overrides/all", "{\"mode\":\"live\",\"actor\":\"kim\"}", 400, "reason is missing")]
    [InlineData("overrides/all", "{\"mode\":\"live\",\"actor\":\"kim\",\"reason\":\"test\",\"expiresAt\":\"2020-01-01T00:00:00Z\"}", 400, "has passed already")]
    [InlineData("overrides/all", "{\"mode\":\"live\",\"actor\":\"kim\",\"reason\":\"test\",\"expires\":\"2099-01-01T00:00:00Z\"}", 400, "")]
    [InlineData("overrides/all", "{", 400, "")]
    [InlineData("overrides/all", "null", 400, "")]
    [InlineData("overrides/sites/unknown", "{\"mode\":\"live\",\"actor\":\"kim\",\"reason\":\"test\"}", 404, "No site 'unknown'")]
    [InlineData("overrides/sites/..%2fall", "{\"mode\":\"live\",\"actor\":\"kim\",\"reason\":\"test\"}", 404, "")]
    public async Task A_wrong_order_is_refused_and_changes_nothing(string path, string json, int status, string detail)
    {
        await using var bench = await Bench.StartAsync();

        using var response = await bench.Management.PutAsync($"/api/v1/{path}", new StringContent(json, Encoding.UTF8, "application/json"), Cancel);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(detail, await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Empty((await GetAsync(bench, "overrides")).GetProperty("overrides").EnumerateArray());
    }

    [Theory(Timeout = 30_000)]
    [InlineData("GET", "sites", null)]
    [InlineData("GET", "explain?url=http://www.nova.example/", null)]
    [InlineData("GET", "overrides", "Bearer wrong-token-of-some-length")]
    [InlineData("GET", "overrides", "Basic YTpi")]
    [InlineData("PUT", "overrides/all", "Bearer ")]
    [InlineData("PUT", "overrides/sites/nova", null)]
    [InlineData("DELETE", "overrides/all?actor=kim&reason=test", null)]
    [InlineData("POST", "store/accept", null)]
    public async Task Without_the_token_nothing_is_told_and_nothing_changed(string method, string path, string? authorization)
    {
        await using var bench = await Bench.StartAsync();
        await SetAsync(bench, "all", "snapshot");
        bench.Management.DefaultRequestHeaders.Authorization = null;

        foreach (var json in new[] { "{\"mode\":\"live\",\"actor\":\"kim\",\"reason\":\"test\",\"storeId\":\"x\"}", "{" })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/v1/{path}");
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
            request.Content = method == "GET" ? null : new StringContent(json, Encoding.UTF8, "application/json");
            using var response = await bench.Management.SendAsync(request, Cancel);

            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
            Assert.DoesNotContain(Bench.Token, await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }

        Assert.StartsWith("snapshot; reason=operator-forced", (await bench.GetAsync("/")).Decision, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task Health_needs_no_token_and_neither_origin_nor_store()
    {
        await using var bench = await Bench.StartAsync();
        bench.Origin.Refuse();
        Directory.Delete(bench.StoreDirectory, recursive: true);
        bench.Management.DefaultRequestHeaders.Authorization = null;

        Assert.Equal("alive\n", await bench.Management.GetStringAsync(new Uri("/healthz/live", UriKind.Relative), Cancel));
        Assert.Equal("ready: 1 sites\n", await bench.Management.GetStringAsync(new Uri("/healthz/ready", UriKind.Relative), Cancel));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("/api/v1/sites")]
    [InlineData("/api/v1/overrides")]
    [InlineData("/api/v1/explain?url=http://www.nova.example/")]
    [InlineData("/healthz/live")]
    [InlineData("/healthz/ready")]
    public async Task The_public_listener_has_no_route_to_it(string path)
    {
        await using var bench = await Bench.StartAsync();
        bench.Origin.Answer = Answers.Text("the site's own page of that name");

        var response = await bench.GetAsync(path, $"Authorization: Bearer {Bench.Token}");

        Assert.Equal("the site's own page of that name", response.Text);
        Assert.Equal(421, (await bench.SendAsync($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {Bench.Token}\r\n\r\n")).Status);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_sites_list_says_what_answers_and_why()
    {
        await using var bench = await Bench.StartAsync(("Origins:platform:ProbeInterval", "00:05:00"));
        var site = (await GetAsync(bench, "sites")).GetProperty("sites")[0];
        Assert.Equal("live", site.GetProperty("state").GetString());
        Assert.Equal("up", site.GetProperty("origin").GetProperty("health").GetString());
        Assert.Equal(Some.SnapshotId(1).ToString(), site.GetProperty("snapshot").GetProperty("id").GetString());
        Assert.Equal(9, site.GetProperty("snapshot").GetProperty("entries").GetInt32());
        Assert.Equal("activated", site.GetProperty("lastExport").GetProperty("outcome").GetString());
        Assert.True(site.GetProperty("snapshot").GetProperty("ageSeconds").GetInt64() > 0);

        bench.Origin.Refuse();
        await bench.FailAsync();
        var all = await GetAsync(bench, "sites");
        site = all.GetProperty("sites")[0];
        Assert.Equal("snapshot", site.GetProperty("state").GetString());
        Assert.Equal("unreachable", site.GetProperty("origin").GetProperty("health").GetString());
        Assert.Equal("connection-refused", site.GetProperty("origin").GetProperty("lastFailure").GetString());
        Assert.Equal("ok", all.GetProperty("store").GetProperty("state").GetString());
        Assert.Equal(bench.Store.Id, all.GetProperty("store").GetProperty("id").GetString());
        Assert.Equal(1, all.GetProperty("store").GetProperty("publishNumber").GetInt64());
        Assert.Empty(all.GetProperty("edge").GetProperty("configurationErrors").EnumerateArray());
    }

    [Fact(Timeout = 30_000)]
    public async Task A_store_that_is_gone_takes_no_orders_and_says_so()
    {
        await using var bench = await Bench.StartAsync();
        Directory.Move(bench.StoreDirectory, bench.StoreDirectory + ".away");

        using var response = await PutAsync(bench, "all", "maintenance", null);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(200, (await bench.GetAsync("/")).Status);
    }

    [Fact(Timeout = 30_000)]
    public async Task Another_store_is_followed_only_when_a_person_says_so()
    {
        await using var bench = await Bench.StartAsync(("Store:VerifyInterval", "00:00:01"));
        Directory.Move(bench.StoreDirectory, bench.StoreDirectory + ".old");
        var other = await TestStore.CreateAsync(bench.StoreDirectory);
        await other.PublishAsync(new SnapshotDraft(7).Page("/", Some.Html("from another store")));
        await bench.StoreStateIsAsync(StoreHealth.Damaged);
        Assert.Equal(Some.SnapshotId(1), bench.Site.State.Snapshot!.Reference.Snapshot);

        using var wrong = await AcceptAsync(bench.Store.Id);
        using var right = await AcceptAsync(other.Id);

        Assert.Equal(HttpStatusCode.Conflict, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, right.StatusCode);
        await bench.HasSnapshotAsync(7);
        await bench.StoreStateIsAsync(StoreHealth.Ok);

        Task<HttpResponseMessage> AcceptAsync(string id) => bench.Management.PostAsJsonAsync("/api/v1/store/accept", new { storeId = id, actor = "kim", reason = "moved" }, Cancel);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_full_disk_does_not_hide_that_an_order_was_taken()
    {
        await using var bench = await Bench.StartAsync();
        // What is in the way of a file that is to be written.
        var state = Path.Combine(bench.DataDirectory, "replica", "state.json");
        File.Delete(state);
        Directory.CreateDirectory(state);

        using var response = await PutAsync(bench, "all", "maintenance", null);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(503, (await bench.GetAsync("/")).Status);
    }

    private static async Task<JsonElement> SetAsync(Bench bench, string scope, string mode, DateTimeOffset? expiresAt = null)
    {
        using var response = await PutAsync(bench, scope, mode, expiresAt);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }

    private static Task<HttpResponseMessage> PutAsync(Bench bench, string scope, string mode, DateTimeOffset? expiresAt) =>
        bench.Management.PutAsJsonAsync($"/api/v1/overrides/{scope}", new { mode, actor = "kim", reason = "test", expiresAt, confirm = scope }, Cancel);

    private static async Task<JsonElement> ClearAsync(Bench bench, string scope)
    {
        using var response = await bench.Management.DeleteAsync(new Uri($"/api/v1/overrides/{scope}?actor=kim&reason=test&confirm={scope}", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }

    private static Task<JsonElement> GetAsync(Bench bench, string path) => bench.Management.GetFromJsonAsync<JsonElement>($"/api/v1/{path}", Cancel)!;
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace EdgeHost.Tests.FrontDoor;

public sealed class OverrideScopeTests
{
    private static readonly (string Key, string Value)[] Sites =
    [
        ("Interlocks:LargestUnavailablePercent", "100"),
        ("Sites:nova:Groups:0", "gold"), ("Sites:nova:Groups:1", "eu"),
        ("Sites:mira:Hosts:0", "www.mira.example"), ("Sites:mira:Origin", "platform"), ("Sites:mira:Groups:0", "eu"),
        ("Origins:second:Address", "http://127.0.0.1:9"), ("Sites:atlas:Hosts:0", "www.atlas.example"), ("Sites:atlas:Origin", "second"),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory(Timeout = 30_000)]
    [InlineData("origins/platform", "origin:platform", "nova mira")]
    [InlineData("origins/second", "origin:second", "atlas")]
    [InlineData("groups/eu", "group:eu", "nova mira")]
    [InlineData("groups/gold", "group:gold", "nova")]
    [InlineData("sites/mira", "site:mira", "mira")]
    public async Task A_mode_holds_for_what_it_is_set_on_and_the_answer_says_where(string path, string scope, string sites)
    {
        await using var bench = await Bench.StartAsync(Sites);

        var set = await PutAsync(bench, path, new { mode = "maintenance", actor = "kim", reason = "test" });

        Assert.Equal(scope, set.GetProperty("scope").GetString());
        Assert.Equal($"DELETE /api/v1/overrides/{path}?actor=…&reason=…", set.GetProperty("undo").GetString());
        foreach (var site in new[] { "nova", "mira" })
        {
            var answer = await bench.SendAsync($"GET / HTTP/1.1\r\nHost: www.{site}.example\r\n\r\n");
            Assert.Equal(sites.Split(' ').Contains(site) ? $"unavailable; reason=maintenance; scope={scope}" : "live; reason=origin-usable", answer.Decision);
        }

        await DeleteAsync(bench, path);
        Assert.Equal("live; reason=origin-usable", (await bench.GetAsync("/")).Decision);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_path_has_its_own_mode()
    {
        await using var bench = await Bench.StartAsync(Sites);
        await PutAsync(bench, "sites/nova", new { mode = "live", actor = "kim", reason = "test" });

        var set = await PutAsync(bench, "sites/nova/paths?prefix=/about/", new { mode = "snapshot", actor = "kim", reason = "test" });

        Assert.Equal("site:nova/about", set.GetProperty("scope").GetString());
        Assert.Equal("DELETE /api/v1/overrides/sites/nova/paths?prefix=%2Fabout&actor=…&reason=…", set.GetProperty("undo").GetString());
        var covered = (await bench.GetAsync("/%61bout")).Decision!;
        Assert.StartsWith("snapshot; reason=operator-forced; snapshot=", covered, StringComparison.Ordinal);
        Assert.EndsWith("; scope=site:nova/about", covered, StringComparison.Ordinal);
        Assert.Equal("unavailable; reason=not-in-snapshot; scope=site:nova/about", (await bench.GetAsync("/about/us")).Decision);
        Assert.Equal("live; reason=operator-forced; scope=site:nova", (await bench.GetAsync("/aboutus")).Decision);
        Assert.Equal("live; reason=operator-forced; scope=site:nova", (await bench.GetAsync("/")).Decision);

        await DeleteAsync(bench, "sites/nova/paths?prefix=/about&");
        Assert.Equal("live; reason=operator-forced; scope=site:nova", (await bench.GetAsync("/about")).Decision);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_access_log_names_the_scope_where_an_operator_decided()
    {
        await using var bench = await Bench.StartAsync(Sites);
        await bench.GetAsync("/");
        await PutAsync(bench, "groups/gold", new { mode = "snapshot", actor = "kim", reason = "test" });
        await bench.GetAsync("/");
        await PutAsync(bench, "sites/nova", new { mode = "auto", actor = "kim", reason = "test" });
        await bench.GetAsync("/");

        await bench.StopEdgeAsync();

        var lines = (await File.ReadAllLinesAsync(bench.AccessLogPath, Cancel)).Select(line => JsonElement.Parse(line)).OrderBy(line => line.GetProperty("ts").GetString(), StringComparer.Ordinal).ToList();
        Assert.Equal([null, "group:gold", null], lines.Select(line => line.TryGetProperty("scope", out var scope) ? scope.GetString() : null));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_mode_ends_after_four_hours_where_nobody_says_when()
    {
        await using var bench = await Bench.StartAsync(Sites);
        var before = TimeProvider.System.GetUtcNow();

        var set = await PutAsync(bench, "groups/gold", new { mode = "snapshot", actor = "kim", reason = "test" });
        Assert.InRange(set.GetProperty("expiresAt").GetDateTimeOffset() - before, TimeSpan.FromHours(4), TimeSpan.FromHours(4.1));

        var lasting = await PutAsync(bench, "groups/gold", new { mode = "snapshot", actor = "kim", reason = "test", untilRemoved = true });
        Assert.False(lasting.TryGetProperty("expiresAt", out _));
        var next = await PutAsync(bench, "groups/gold", new { mode = "maintenance", actor = "kim", reason = "test" });
        Assert.Contains("\"untilRemoved\":true", next.GetProperty("undo").GetString()!, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_site_that_joins_a_group_takes_its_mode()
    {
        await using var bench = await Bench.StartAsync(Sites);
        await PutAsync(bench, "groups/gold", new { mode = "maintenance", actor = "kim", reason = "test" });

        bench.Set("Sites:mira:Groups:1", "gold").WriteConfig();

        await Wait.UntilAsync("it has joined", async () =>
            (await bench.SendAsync("GET / HTTP/1.1\r\nHost: www.mira.example\r\n\r\n")).Decision == "unavailable; reason=maintenance; scope=group:gold");
    }

    [Theory(Timeout = 30_000)]
    [InlineData("groups/none", 404, "No group 'none' is configured on this edge. There are: eu, gold.")]
    [InlineData("origins/none", 404, "No origin 'none' is configured on this edge. There are: platform, second.")]
    [InlineData("sites/none/paths?prefix=/a", 404, "No site 'none'")]
    [InlineData("sites/nova/paths", 400, "use ?prefix=/shop")]
    [InlineData("sites/nova/paths?prefix=/", 400, "use ?prefix=/shop")]
    [InlineData("sites/nova/paths?prefix=shop", 400, "use ?prefix=/shop")]
    [InlineData("sites/nova/paths?prefix=/a;b", 400, "use ?prefix=/shop")]
    public async Task What_is_not_there_gets_no_mode(string path, int status, string detail)
    {
        await using var bench = await Bench.StartAsync(Sites);

        using var response = await bench.Management.PutAsJsonAsync($"/api/v1/overrides/{path}", new { mode = "live", actor = "kim", reason = "test" }, Cancel);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(detail, JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancel)).GetProperty("detail").GetString()!, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> PutAsync(Bench bench, string path, object order)
    {
        using var response = await bench.Management.PutAsJsonAsync($"/api/v1/overrides/{path}", order, Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }

    private static async Task DeleteAsync(Bench bench, string path)
    {
        var separator = path.EndsWith('&') ? "" : "?";
        using var response = await bench.Management.DeleteAsync(new Uri($"/api/v1/overrides/{path}{separator}actor=kim&reason=test", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}

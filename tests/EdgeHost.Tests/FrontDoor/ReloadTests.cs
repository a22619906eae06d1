using System.Net.Http.Json;
using System.Text.Json;

namespace EdgeHost.Tests.FrontDoor;

public sealed class ReloadTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 30_000)]
    public async Task A_good_change_is_taken_up()
    {
        await using var bench = await Bench.StartAsync();
        await using var moved = new FaultOrigin { Answer = Answers.Text("from the new address") };

        bench.Set("Sites:nova:Hosts:1", "nova.example").Set("Origins:platform:Address", moved.Address).WriteConfig();

        await Wait.UntilAsync("the new host is known", async () => (await bench.SendAsync("GET / HTTP/1.1\r\nHost: nova.example\r\n\r\n")).Status == 200);
        Assert.Equal("from the new address", (await bench.GetAsync("/about")).Text);
        bench.Origin.Refuse();
        moved.Refuse();
        Assert.Equal(Some.Home, (await bench.GetAsync("/")).Text);
    }

    [Fact(Timeout = 30_000)]
    public async Task What_browsers_may_keep_changes_without_a_new_snapshot()
    {
        await using var bench = await Bench.StartAsync();
        bench.Origin.Refuse();
        Assert.Equal("public, max-age=10", (await bench.GetAsync("/"))["Cache-Control"]);

        bench.Set("Snapshots:MaxAge", "00:01:00").WriteConfig();

        await Wait.UntilAsync("the new time is given", async () => (await bench.GetAsync("/"))["Cache-Control"] == "public, max-age=60");
    }

    [Fact(Timeout = 30_000)]
    public async Task A_new_site_gets_its_mode_and_an_old_one_keeps_its_snapshot()
    {
        await using var bench = await Bench.StartAsync();
        var before = bench.Site.State.Snapshot;

        bench.Set("Sites:mira:Hosts:0", "www.mira.example").Set("Sites:mira:Origin", "platform").WriteConfig();

        await Wait.UntilAsync("the new site is known", async () => (await bench.SendAsync("GET / HTTP/1.1\r\nHost: www.mira.example\r\n\r\n")).Status == 200);
        Assert.Same(before, bench.Site.State.Snapshot);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_origin_that_stays_keeps_its_health()
    {
        await using var bench = await Bench.StartAsync(("Origins:platform:ProbeInterval", "00:05:00"));
        bench.Origin.Refuse();
        await bench.FailAsync();

        bench.Set("Sites:nova:Name", "Nova Renamed").WriteConfig();

        await Wait.UntilAsync("the new name is used", async () => (await bench.GetAsync("/nothing")).Text.Contains("Nova Renamed", StringComparison.Ordinal));
        Assert.StartsWith("snapshot; reason=origin-down", (await bench.GetAsync("/")).Decision, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_origin_that_is_connected_to_otherwise_keeps_its_health()
    {
        await using var bench = await Bench.StartAsync(("Origins:platform:ProbeInterval", "00:05:00"));
        bench.Origin.Refuse();
        await bench.FailAsync();
        var client = bench.Site.Origin.Client;

        bench.Set("Live:ConnectTimeout", "00:00:01.500").WriteConfig();

        await Wait.UntilAsync("the new time holds", () => bench.Site.Origin.Client != client);
        Assert.StartsWith("snapshot; reason=origin-down", (await bench.GetAsync("/")).Decision, StringComparison.Ordinal);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("Sites:nova:Origin", "nowhere", "EdgeHost:Sites:nova:Origin: names 'nowhere'")]
    [InlineData("Live:TryTimout", "00:00:01", "EdgeHost:Live:TryTimout: is not known here")]
    [InlineData("Live:TryTimeout", "soon", "Live:TryTimeout")]
    [InlineData("Live", "fast", "EdgeHost:Live: 'fast' is not")]
    [InlineData("Sites:nova", null, "EdgeHost:Sites:nova")]
    public async Task A_bad_change_is_refused_whole_and_said_to_be(string key, string? value, string error)
    {
        await using var bench = await Bench.StartAsync();

        bench.Set("Sites:nova:Hosts:1", "nova.example").Set(key, value).WriteConfig();

        await Wait.UntilAsync("it is refused", async () => (await ErrorsAsync(bench)).Any(message => message.Contains(error, StringComparison.Ordinal)));
        Assert.Equal(200, (await bench.GetAsync("/")).Status);
        Assert.Equal(421, (await bench.SendAsync("GET / HTTP/1.1\r\nHost: nova.example\r\n\r\n")).Status);
        Assert.Contains(bench.Log.Events, entry => entry.Id == 131);
    }

    [Fact(Timeout = 30_000)]
    public async Task What_was_refused_is_forgotten_after_a_good_change()
    {
        await using var bench = await Bench.StartAsync();
        File.WriteAllText(bench.ConfigFile, "{ \"EdgeHost\": ");
        await Wait.UntilAsync("it is refused", async () => (await ErrorsAsync(bench)).Length > 0);
        Assert.Contains("can't be read", Assert.Single(await ErrorsAsync(bench)), StringComparison.Ordinal);
        Assert.Equal(200, (await bench.GetAsync("/")).Status);

        bench.Set("Sites:nova:Hosts:1", "nova.example").WriteConfig();

        await Wait.UntilAsync("it is well again", async () => (await ErrorsAsync(bench)).Length == 0);
        Assert.Equal(200, (await bench.SendAsync("GET / HTTP/1.1\r\nHost: nova.example\r\n\r\n")).Status);
    }

    [Theory(Timeout = 30_000)]
    [InlineData(3, 1, true)]
    [InlineData(5, 2, true)]
    [InlineData(4, 2, false)]
    [InlineData(3, 2, false)]
    public async Task A_change_that_loses_more_than_half_of_the_sites_is_not_believed(int before, int after, bool refused)
    {
        await using var bench = await Bench.PrepareAsync();
        for (var i = 1; i < before; i++)
        {
            bench.Set($"Sites:site{i}:Hosts:0", $"site{i}.example").Set($"Sites:site{i}:Origin", "platform");
        }

        await bench.StartEdgeAsync();
        for (var i = after; i < before; i++)
        {
            bench.Remove($"Sites:site{i}");
        }

        bench.WriteConfig();
        await Wait.UntilAsync("it is read", () => bench.Log.Events.Any(entry => entry.Id is 130 or 131));
        Assert.Equal(refused, (await ErrorsAsync(bench)).Length > 0);
        Assert.Equal(refused ? 200 : 421, (await bench.SendAsync($"GET / HTTP/1.1\r\nHost: site{before - 1}.example\r\n\r\n")).Status);
    }

    private static async Task<string[]> ErrorsAsync(Bench bench) =>
        (await bench.Management.GetFromJsonAsync<JsonElement>("/api/v1/sites", Cancel)).GetProperty("edge").GetProperty("configurationErrors").Deserialize<string[]>()!;
}

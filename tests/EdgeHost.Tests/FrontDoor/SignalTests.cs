using System.Diagnostics.Metrics;
using System.Net.Http.Json;
using System.Text.Json;
using EdgeHost.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Tests.FrontDoor;

public sealed class SignalTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 30_000)]
    public async Task Each_answer_is_counted_by_site_decision_and_reason()
    {
        await using var bench = await Bench.StartAsync(("Sites:mira:Hosts:0", "www.mira.example"), ("Sites:mira:Origin", "platform"));
        await bench.GetAsync("/about");
        await bench.GetAsync("/about");
        await bench.SendAsync("GET / HTTP/1.1\r\nHost: www.mira.example\r\n\r\n");
        await bench.SendAsync("GET / HTTP/1.1\r\nHost: unknown.example\r\n\r\n");
        await bench.SendAsync("GET / HTTP/1.1\r\nHost: other.example\r\n\r\n");
        await bench.GetAsync("/../etc");
        bench.Origin.Refuse();
        await bench.GetAsync("/");

        // It is counted when it is sent, and the visitor may see it a moment earlier.
        await Wait.UntilAsync("the last is counted", () => bench.Site.State.Requests.Total == 3);

        Assert.Equal(
            [
                "_unknown refused bad-request 1",
                "_unknown refused unknown-host 2",
                "mira live origin-usable 1",
                "nova live origin-usable 2",
                "nova snapshot rescue 1",
            ],
            Measure(bench, "edgehost.requests").Select(one => $"{one["edgehost.site"]} {one["edgehost.decision"]} {one["edgehost.reason"]} {one["value"]}").Order(StringComparer.Ordinal));

        var sites = await bench.Management.GetFromJsonAsync<JsonElement>("/api/v1/sites", Cancel);
        Assert.Equal(["live origin-usable 2", "snapshot rescue 1"], Answered(sites.GetProperty("sites").EnumerateArray().Single(site => site.GetProperty("id").GetString() == "nova").GetProperty("requests")));
        Assert.Equal(["refused unknown-host 2", "refused bad-request 1"], Answered(sites.GetProperty("edge").GetProperty("unknownRequests")));
        Assert.True(sites.GetProperty("sites")[0].GetProperty("requests").GetProperty("perSecond").GetDouble() > 0);
    }

    [Fact(Timeout = 30_000)]
    public async Task Turns_of_health_are_counted_by_kind_of_scope_and_phase()
    {
        await using var bench = await Bench.StartAsync();
        Assert.All(Measure(bench, "edgehost.health.turns"), one => Assert.Equal("0", one["value"]));
        bench.Origin.Refuse();
        await bench.FailAsync();

        var turns = Measure(bench, "edgehost.health.turns").ToDictionary(one => (one["edgehost.scope"], one["edgehost.phase"]), one => one["value"]);
        Assert.Equal(["live", "recovering", "snapshot", "suspect"], turns.Keys.Where(key => key.Item1 == "origin").Select(key => key.Item2).Order(StringComparer.Ordinal));
        Assert.Equal(("1", "0", "0"), (turns[("origin", "snapshot")], turns[("origin", "recovering")], turns[("site", "snapshot")]));
    }

    private static string[] Answered(JsonElement requests) =>
        [.. requests.GetProperty("answered").EnumerateArray().Select(one => $"{one.GetProperty("decision").GetString()} {one.GetProperty("reason").GetString()} {one.GetProperty("count").GetInt64()}")];

    // As an exporter listens. Meters of other edges in this process have other factories.
    internal static List<Dictionary<string, string>> Measure(Bench bench, string instrument)
    {
        var found = new List<Dictionary<string, string>>();
        var meters = bench.Services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (one, listening) =>
            {
                if (one.Meter.Name == EdgeMetrics.MeterName && ReferenceEquals(one.Meter.Scope, meters) && one.Name == instrument)
                {
                    listening.EnableMeasurementEvents(one);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            var measured = new Dictionary<string, string> { ["value"] = $"{value}" };
            foreach (var (name, tag) in tags)
            {
                measured[name] = $"{tag}";
            }

            found.Add(measured);
        });
        listener.Start();
        listener.RecordObservableInstruments();
        return found;
    }
}

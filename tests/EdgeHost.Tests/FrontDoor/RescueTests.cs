using System.Text.RegularExpressions;
using EdgeHost.SnapshotStore.Operating;

namespace EdgeHost.Tests.FrontDoor;

public sealed partial class RescueTests
{
    public static TheoryData<string, string> Faults => new()
    {
        { "refuse", "EdgeHost; error=connection_refused" },
        { "close", "EdgeHost; error=connection_terminated" },
        { "reset", "EdgeHost; error=connection_terminated" },
        { "silence", "EdgeHost; error=http_response_timeout" },
        { "half a head", "EdgeHost; error=http_response_timeout" },
        { "garbage", "EdgeHost; error=http_protocol_error" },
        { "cut before the body", "EdgeHost; error=http_response_incomplete" },
        { "500", "EdgeHost; received-status=500" },
        { "502", "EdgeHost; received-status=502" },
        { "503", "EdgeHost; received-status=503" },
        { "504", "EdgeHost; received-status=504" },
        { "520", "EdgeHost; received-status=520" },
    };

    [Theory(Timeout = 30_000)]
    [MemberData(nameof(Faults))]
    public async Task A_GET_that_fails_before_its_answer_has_begun_gets_the_snapshots(string fault, string proxyStatus)
    {
        await using var bench = await StartAsync(fault);

        var response = await bench.GetAsync("/");

        Assert.Equal(200, response.Status);
        Assert.Equal(Some.Home, response.Text);
        Assert.Equal($"snapshot; reason=rescue; snapshot={Some.SnapshotId(1)}; captured=2026-01-31T12:00:00Z", response.Decision);
        Assert.Equal(proxyStatus, response["Proxy-Status"]);
        Assert.Equal("EdgeHost; hit; detail=snapshot", response["Cache-Status"]);
        Assert.Equal("text/html; charset=utf-8", response["Content-Type"]);
        Assert.Equal("public, max-age=10", response["Cache-Control"]);
        Assert.Null(response["X-Origin"]);
    }

    [Theory(Timeout = 30_000)]
    [MemberData(nameof(Faults))]
    public async Task A_HEAD_is_rescued_too(string fault, string proxyStatus)
    {
        await using var bench = await StartAsync(fault);
        if (fault == "cut before the body")
        {
            // A HEAD has no body that could be cut.
            bench.Origin.Answer = Answers.Status(503);
            proxyStatus = "EdgeHost; received-status=503";
        }

        var response = await bench.HeadAsync("/");

        Assert.Equal(200, response.Status);
        Assert.Equal(Some.Home.Length.ToString(provider: null), response["Content-Length"]);
        Assert.Equal(proxyStatus, response["Proxy-Status"]);
        Assert.StartsWith("snapshot; reason=rescue", response.Decision, StringComparison.Ordinal);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("refuse")]
    [InlineData("reset")]
    [InlineData("close")]
    [InlineData("garbage")]
    public async Task A_POST_is_never_answered_from_the_snapshot(string fault)
    {
        await using var bench = await StartAsync(fault);

        var response = await bench.PostAsync("/", "name=Kim");

        Assert.Equal(503, response.Status);
        Assert.Equal("unavailable; reason=origin-down", response.Decision);
        Assert.Equal("30", response["Retry-After"]);
        Assert.Contains("was not received", response.Text, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_origins_error_to_a_POST_is_passed_on()
    {
        await using var bench = await StartAsync("500");

        var response = await bench.PostAsync("/", "name=Kim");

        Assert.Equal(500, response.Status);
        Assert.Equal("live; reason=origin-usable", response.Decision);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("500", 500)]
    [InlineData("404", 404)]
    [InlineData("501", 501)]
    public async Task An_uncovered_page_keeps_the_origins_status(string fault, int status)
    {
        await using var bench = await StartAsync(fault);

        Assert.Equal(status, (await bench.GetAsync("/not-exported")).Status);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("404")]
    [InlineData("401")]
    [InlineData("501")]
    [InlineData("301")]
    public async Task An_answer_that_is_no_failure_is_passed_on_though_a_copy_exists(string status)
    {
        await using var bench = await StartAsync(status);

        var response = await bench.GetAsync("/");

        Assert.Equal(int.Parse(status, provider: null), response.Status);
        Assert.Equal("live; reason=origin-usable", response.Decision);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("503", 503)]
    [InlineData("refuse", 503)]
    public async Task An_operator_who_wants_the_origin_gets_no_rescue(string fault, int status)
    {
        await using var bench = await Bench.PrepareAsync();
        await bench.Store.PublishAsync(Some.Draft());
        await bench.Store.SetModeAsync(OperatorMode.Live);
        await bench.StartEdgeAsync();
        await bench.HasSnapshotAsync(1);
        await Wait.UntilAsync("the mode is in force", () => bench.Site.State.Mode.Mode == OperatorMode.Live);
        Apply(bench, fault);

        for (var i = 0; i < 5; i++)
        {
            var response = await bench.GetAsync("/");
            Assert.Equal(status, response.Status);
            Assert.DoesNotContain("snapshot", response.Decision, StringComparison.Ordinal);
        }
    }

    [Theory(Timeout = 30_000)]
    [InlineData("503", "live; reason=export-request")]
    [InlineData("refuse", "unavailable; reason=origin-down")]
    public async Task The_exporter_is_never_given_a_snapshot(string fault, string decision)
    {
        await using var bench = await StartAsync(fault);

        for (var i = 0; i < 5; i++)
        {
            var response = await bench.GetAsync("/", "EdgeHost-Export: 1");
            Assert.Equal(503, response.Status);
            Assert.Equal(decision, response.Decision);
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task A_slow_origin_that_answers_in_time_is_waited_for()
    {
        await using var bench = await Bench.StartAsync();
        var gate = new TaskCompletionSource();
        bench.Origin.Answer = async exchange =>
        {
            await exchange.SendAsync("HTTP/1.1 200 OK\r\n");
            await gate.Task;
            await exchange.SendAsync("Content-Length: 4\r\n\r\nslow");
        };
        var asking = bench.GetAsync("/");
        await Wait.UntilAsync("the origin is asked", () => bench.Origin.Visits.Count == 1);
        gate.SetResult();

        Assert.Equal("slow", (await asking).Text);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_answer_that_has_begun_in_time_may_take_its_time()
    {
        await using var bench = await Bench.StartAsync(("Live:CoveredHeadersTimeout", "00:00:00.500"), ("Live:ConnectTimeout", "00:00:00.500"));
        var gate = new TaskCompletionSource();
        bench.Origin.Answer = async exchange =>
        {
            await exchange.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nsl");
            await gate.Task;
            await exchange.SendAsync("ow");
        };
        var began = TimeProvider.System.GetTimestamp();
        var asking = bench.GetAsync("/");
        await Wait.UntilAsync("the time for headers is over", () => TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromSeconds(0.8));
        gate.SetResult();

        var response = await asking;
        Assert.True(response.IsWhole);
        Assert.Equal("slow", response.Text);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("Content-Length: 400\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n")]
    [InlineData("Connection: close\r\n")]
    public async Task Headers_without_a_body_that_follows_are_no_answer(string framing)
    {
        await using var bench = await Bench.StartAsync(("Live:CoveredHeadersTimeout", "00:00:00.500"), ("Live:ConnectTimeout", "00:00:00.500"));
        bench.Origin.Answer = async exchange =>
        {
            await exchange.SendAsync($"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{framing}\r\n");
            await Answers.Silence(exchange);
        };

        var response = await bench.GetAsync("/");

        Assert.Equal(Some.Home, response.Text);
        Assert.StartsWith("snapshot; reason=rescue;", response.Decision, StringComparison.Ordinal);
        Assert.Equal("EdgeHost; error=http_response_timeout", response["Proxy-Status"]);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_body_that_ends_before_its_first_byte_is_rescued()
    {
        await using var bench = await Bench.StartAsync();
        bench.Origin.Answer = Answers.ThenClose("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 400\r\n\r\n");

        var response = await bench.GetAsync("/");

        Assert.Equal(Some.Home, response.Text);
        Assert.Equal("EdgeHost; error=http_response_incomplete", response["Proxy-Status"]);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_body_that_stops_in_the_middle_is_cut()
    {
        await using var bench = await Bench.StartAsync(("Live:CoveredBodyTimeout", "00:00:00.300"));
        bench.Origin.Answer = async exchange =>
        {
            await exchange.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 400\r\n\r\n<html>");
            await Answers.Silence(exchange);
        };

        var response = await bench.GetAsync("/");

        Assert.Equal(BodyEnd.Cut, response.End);
        Assert.Equal("<html>", response.Text);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_upload_that_its_client_withholds_says_nothing_about_the_site()
    {
        await using var bench = await Bench.StartAsync(("Live:CoveredHeadersTimeout", "00:00:00.300"), ("Live:ConnectTimeout", "00:00:00.300"));
        bench.Origin.Answer = Answers.Html("live");
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(400, (await bench.GetAsync("/", "Content-Length: 10")).Status);
        }

        Assert.Equal("live; reason=origin-usable", (await bench.GetAsync("/")).Decision);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_name_that_does_not_resolve_is_rescued()
    {
        await using var bench = await Bench.StartAsync(("Origins:platform:Address", "http://platform.invalid:80"));

        var response = await bench.GetAsync("/");

        Assert.Equal(Some.Home, response.Text);
        Assert.Equal("EdgeHost; error=dns_error", response["Proxy-Status"]);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_origin_that_does_not_speak_TLS_is_rescued()
    {
        await using var plain = new FaultOrigin();
        await using var bench = await Bench.StartAsync(("Origins:platform:Address", $"https://127.0.0.1:{plain.Port}"));
        plain.Answer = Answers.Garbage;

        var asking = bench.GetAsync("/");
        await Wait.UntilAsync("the handshake has begun", () => plain.Received.Length > 0);
        plain.Refuse();
        var response = await asking;

        Assert.Equal(Some.Home, response.Text);
        Assert.Equal("EdgeHost; error=tls_protocol_error", response["Proxy-Status"]);
    }

    [Fact(Timeout = 30_000)]
    public async Task No_address_of_the_origin_is_in_any_answer()
    {
        await using var bench = await Bench.StartAsync();
        bench.Origin.Refuse();

        foreach (var response in new[] { await bench.GetAsync("/"), await bench.GetAsync("/nothing"), await bench.PostAsync("/", "x") })
        {
            var all = response.Text + string.Concat(response.Headers.Select(header => header.Value + "\n"));
            Assert.DoesNotContain(bench.Origin.Port.ToString(provider: null), all, StringComparison.Ordinal);
            Assert.DoesNotMatch(Traces(), all);
        }
    }

    private static async Task<Bench> StartAsync(string fault)
    {
        var bench = fault is "silence" or "half a head" ? await Bench.StartAsync(("Live:CoveredHeadersTimeout", "00:00:00.300"), ("Live:ConnectTimeout", "00:00:00.300")) : await Bench.StartAsync();
        Apply(bench, fault);
        return bench;
    }

    private static void Apply(Bench bench, string fault)
    {
        if (fault == "refuse")
        {
            bench.Origin.Refuse();
            return;
        }

        bench.Origin.Answer = fault switch
        {
            "close" => Answers.Close,
            "reset" => Answers.Reset,
            "silence" => Answers.Silence,
            "half a head" => Answers.HalfAHead,
            "garbage" => Answers.Garbage,
            "cut before the body" => Answers.ThenClose("HTTP/1.1 200 OK\r\nX-Origin: 1\r\nContent-Length: 100\r\n\r\n"),
            _ => Answers.Text("the origin's own", int.Parse(fault, provider: null), "X-Origin: 1\r\nLocation: /\r\n"),
        };
    }

    [GeneratedRegex(@"127\.0\.0\.1|Exception|   at ")]
    private static partial Regex Traces();
}

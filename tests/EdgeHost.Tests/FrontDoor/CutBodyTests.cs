namespace EdgeHost.Tests.FrontDoor;

public sealed class CutBodyTests
{
    [Theory(Timeout = 30_000)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100\r\n\r\n<html>half")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\na\r\n<html>half\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n64\r\n<html>half")]
    public async Task A_body_that_the_origin_cuts_is_cut_for_the_client(string raw)
    {
        await using var bench = await Bench.StartAsync(("Origins:platform:Fall", "1000"));
        bench.Origin.Answer = Answers.ThenClose(raw);

        // Each time: the head and what there was of the body are sent before the connection ends.
        for (var i = 0; i < 20; i++)
        {
            var response = await bench.GetAsync("/");
            Assert.Equal("live; reason=origin-usable", response.Decision);
            Assert.Equal("<html>half", response.Text);
            Assert.False(response.IsWhole);
        }
    }

    [Theory(Timeout = 30_000)]
    [InlineData("/", false)]
    [InlineData("/about", false)]
    [InlineData("/not-exported", true)]
    [InlineData("/style.css", true)]
    public async Task HTML_that_ends_with_its_connection_is_cut_where_the_copy_ends_otherwise(string target, bool whole)
    {
        await using var bench = await Bench.StartAsync();
        bench.Origin.Answer = Answers.CloseDelimited("<!DOCTYPE html><html><body>half a pa");

        var response = await bench.GetAsync(target);

        Assert.Equal(200, response.Status);
        Assert.Equal(whole, response.IsWhole);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("<html>all</html>")]
    [InlineData("<html>all</HTML >\n<!-- 12 ms -->\n")]
    public async Task Whole_HTML_that_ends_with_its_connection_is_passed_on_whole(string html)
    {
        await using var bench = await Bench.StartAsync();
        bench.Origin.Answer = Answers.CloseDelimited(html);

        var response = await bench.GetAsync("/");

        Assert.True(response.IsWhole);
        Assert.Equal(html, response.Text);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_copy_without_an_end_tag_says_nothing()
    {
        await using var bench = await Bench.PrepareAsync();
        await bench.Store.PublishAsync(new SnapshotDraft(1).Page("/", "<!DOCTYPE html><p>The end tag may be left out."));
        await bench.StartEdgeAsync();
        await bench.HasSnapshotAsync(1);
        bench.Origin.Answer = Answers.CloseDelimited("<!DOCTYPE html><p>The end tag may");

        Assert.True((await bench.GetAsync("/")).IsWhole);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_large_copy_is_looked_at_too()
    {
        await using var bench = await Bench.PrepareAsync(("Snapshots:LargestInMemoryKilobytes", "1"));
        await bench.Store.PublishAsync(new SnapshotDraft(1).Page("/", Some.Html(new string('x', 5000))));
        await bench.StartEdgeAsync();
        await bench.HasSnapshotAsync(1);
        bench.Origin.Answer = Answers.CloseDelimited("<html><body>half a pa");

        Assert.False((await bench.GetAsync("/")).IsWhole);
    }

    [Fact(Timeout = 30_000)]
    public async Task Nothing_at_all_is_rescued()
    {
        await using var bench = await Bench.StartAsync();
        bench.Origin.Answer = Answers.CloseDelimited("");

        var response = await bench.GetAsync("/");

        Assert.Equal(Some.Home, response.Text);
        Assert.Equal("EdgeHost; error=http_response_incomplete", response["Proxy-Status"]);
    }

    [Fact(Timeout = 30_000)]
    public async Task Cuts_count_against_the_site()
    {
        await using var bench = await Bench.StartAsync(("Origins:platform:ProbeInterval", "00:05:00"));
        bench.Origin.Answer = Answers.ThenClose("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        for (var i = 0; i < 3; i++)
        {
            Assert.False((await bench.GetAsync("/")).IsWhole);
        }

        Assert.StartsWith("snapshot; reason=origin-down", (await bench.GetAsync("/")).Decision, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_answer_that_stops_coming_is_cut()
    {
        await using var bench = await Bench.StartAsync(("Live:ActivityTimeout", "00:00:01"), ("Origins:platform:Fall", "1"));
        bench.Origin.Answer = async exchange =>
        {
            await exchange.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
            await Answers.Silence(exchange);
        };

        var response = await bench.GetAsync("/");

        Assert.Equal("half", response.Text);
        Assert.False(response.IsWhole);
        Assert.StartsWith("snapshot; reason=origin-down", (await bench.GetAsync("/")).Decision, StringComparison.Ordinal);
    }
}

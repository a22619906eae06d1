namespace EdgeHost.Tests.FrontDoor;

public sealed class LiveTests
{
    [Fact(Timeout = 30_000)]
    public async Task Passes_status_headers_and_bytes_through()
    {
        await using var bench = await Bench.StartAsync();
        bench.Origin.Answer = Answers.Text("short and stout\n", 418, "X-Teapot: caf\xe9\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nETag: \"t\"\r\n", "text/x-tea");

        var response = await bench.GetAsync("/about");

        Assert.Equal(418, response.Status);
        Assert.Equal("short and stout\n", response.Text);
        Assert.Equal("caf\xe9", response["X-Teapot"]);
        Assert.Equal("a=1 | b=2", response["Set-Cookie"]);
        Assert.Equal("\"t\"", response["ETag"]);
        Assert.Equal("text/x-tea", response["Content-Type"]);
        Assert.Equal("live; reason=origin-usable", response.Decision);
        Assert.Null(response["Cache-Status"]);
        Assert.Null(response["Server"]);
    }
}

using System.Text;

namespace EdgeHost.SystemTests.BadInput;

/// <summary>Ranges of a page that the snapshot answers. A server may ignore any of them and send the whole; what it may not do is send the wrong bytes.</summary>
public sealed class SnapshotRangeTests(BadInputBench bench) : IClassFixture<BadInputBench>
{
    private static readonly byte[] Page = Encoding.UTF8.GetBytes(BadInputBench.FrozenPage);

    [Theory]
    [InlineData("bytes=0-0", 0, 1)]
    [InlineData("bytes=10-19", 10, 10)]
    [InlineData("bytes=-7", -7, 7)]
    [InlineData("bytes=100-", 100, -1)]
    [InlineData("bytes=5-999999", 5, -1)]
    public async Task Gives_a_range(string range, int from, int count)
    {
        var answer = await AskAsync($"Range: {range}\r\n");
        var first = from < 0 ? Page.Length + from : from;
        var length = count < 0 ? Page.Length - first : count;

        Assert.Equal(206, answer.Status);
        Assert.Equal(Page[first..(first + length)], answer.Body);
        Assert.Equal($"bytes {first}-{first + length - 1}/{Page.Length}", answer["Content-Range"]);
    }

    [Theory]
    [InlineData("bytes=1000000-")]
    [InlineData("bytes=1000000-1000001")]
    [InlineData("bytes=-0")]
    [InlineData("bytes=99999999999999999999-")]
    [InlineData("bytes=1000000-,2000000-")]
    public async Task Says_416_to_a_range_outside_of_the_page(string range)
    {
        var answer = await AskAsync($"Range: {range}\r\n");

        Assert.Equal(416, answer.Status);
        Assert.Equal($"bytes */{Page.Length}", answer["Content-Range"]);
        Assert.Empty(answer.Body);
    }

    [Theory]
    [InlineData("bytes=5-2")]
    [InlineData("bytes=a-b")]
    [InlineData("bytes=")]
    [InlineData("bytes=-")]
    [InlineData("bytes=--5")]
    [InlineData("bytes=1-2junk")]
    [InlineData("bytes=+1-2")]
    [InlineData("bytes 0-1")]
    [InlineData("items=0-5")]
    [InlineData("bytes=0-1,x")]
    [InlineData("bytes=0-0,2-2,4-4,6-6,8-8,10-10,12-12,14-14,16-16,18-18,20-20,22-22,24-24,26-26,28-28,30-30,32-32")]
    [InlineData("bytes=0-1\r\nRange: bytes=2-3")]
    public async Task Gives_the_whole_page_for_a_range_that_it_cannot_honour(string range)
    {
        var answer = await AskAsync($"Range: {range}\r\n");

        Assert.Equal(200, answer.Status);
        Assert.Equal(Page, answer.Body);
        Assert.Null(answer["Content-Range"]);
    }

    [Theory]
    [InlineData("bytes=0-0,1-1,2-2,3-3,4-4,5-5,6-6,7-7,8-8,9-9", "bytes 0-9/")]
    [InlineData("bytes=0-99999999999999999999", "bytes 0-")]
    public async Task Puts_together_what_touches_and_cuts_what_goes_beyond(string range, string contentRange)
    {
        var answer = await AskAsync($"Range: {range}\r\n");

        Assert.Equal(206, answer.Status);
        Assert.StartsWith(contentRange, answer["Content-Range"], StringComparison.Ordinal);
        Assert.Equal(Page[..answer.Body.Length], answer.Body);
    }

    [Fact]
    public async Task Gives_two_parts_as_two()
    {
        var answer = await AskAsync("Range: bytes=0-1,3-4\r\n");

        Assert.Equal(206, answer.Status);
        Assert.StartsWith("multipart/byteranges; boundary=", answer["Content-Type"], StringComparison.Ordinal);
        Assert.Contains($"Content-Range: bytes 3-4/{Page.Length}\r\n\r\n{Encoding.Latin1.GetString(Page[3..5])}\r\n--", Encoding.Latin1.GetString(answer.Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_unusual_conditions_and_codings_with_the_page()
    {
        foreach (var header in new[] { "If-None-Match: \"\"", "If-None-Match: nonsense", "If-Modified-Since: yesterday", "If-Range: \"x\"", "Accept-Encoding: identity;q=0", "Accept-Encoding: ,;,", "Accept: */x" })
        {
            var answer = await AskAsync($"{header}\r\n");

            Assert.True(answer.Status == 200 && answer.Body.AsSpan().SequenceEqual(Page), $"{header}: {answer}");
        }
    }

    [Theory]
    [InlineData("/page/../page")]
    [InlineData("/page%00")]
    [InlineData("/%70age%2f..")]
    public async Task Refuses_a_bad_target_as_it_does_for_a_live_site(string target) =>
        Assert.Equal(400, (await bench.Edge.GetAsync(target, BadInputBench.FrozenHost, TestContext.Current.CancellationToken)).Status);

    [Theory]
    [InlineData("/%70%61ge")]
    [InlineData("/page?utm_source=x")]
    [InlineData("http://frozen.example/page")]
    public async Task Finds_the_page_however_its_target_is_written(string target)
    {
        var answer = await bench.Edge.GetAsync(target, BadInputBench.FrozenHost, TestContext.Current.CancellationToken);

        Assert.Equal("snapshot", answer.DecisionKind);
        Assert.Equal(Page, answer.Body);
    }

    private async Task<RawResponse> AskAsync(string headers)
    {
        var answer = await bench.Edge.GetAsync(BadInputBench.FrozenPath, BadInputBench.FrozenHost, TestContext.Current.CancellationToken, headers);
        Assert.Equal("snapshot", answer.DecisionKind);
        return answer;
    }
}

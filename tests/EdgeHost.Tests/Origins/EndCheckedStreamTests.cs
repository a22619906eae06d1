using System.Text;
using CsCheck;
using EdgeHost.Health;
using EdgeHost.Origins;
using EdgeHost.SnapshotStore.Bodies;

namespace EdgeHost.Tests.Origins;

public sealed class EndCheckedStreamTests
{
    [Theory]
    [InlineData("<html>all</html>", true)]
    [InlineData("<html>all</html>\n\n", true)]
    [InlineData("<html>half", false)]
    [InlineData("<html>half</htm", false)]
    [InlineData("", false)]
    public async Task The_end_is_seen_however_the_bytes_are_cut_into_reads(string html, bool whole)
    {
        for (var split = 0; split <= html.Length; split++)
        {
            Assert.Equal(whole, await EndsWellAsync(copyEnds: true, html[..split], html[split..]));
        }

        Assert.Equal(whole, await EndsWellAsync(copyEnds: true, [.. html.Select(c => c.ToString())]));
        Assert.True(await EndsWellAsync(copyEnds: false, html));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(100, true)]
    [InlineData(HtmlEnd.TailLength - 7, true)]
    [InlineData(HtmlEnd.TailLength, false)]
    [InlineData(100_000, false)]
    public async Task The_end_may_have_so_much_behind_it_and_no_more(int behind, bool whole)
    {
        var html = new string('x', 50_000) + "</html>" + new string(' ', behind);

        Assert.Equal(whole, await EndsWellAsync(copyEnds: true, html));
        Assert.Equal(whole, await EndsWellAsync(copyEnds: true, [.. html.Chunk(1000).Select(chunk => new string(chunk))]));
        Assert.Equal(whole, await EndsWellAsync(copyEnds: true, [.. html.Chunk(1025).Select(chunk => new string(chunk))]));
    }

    [Fact]
    public async Task Keeps_the_tail_through_reads_of_any_size() => await Gen.Select(Gen.Int[0, 1500].List[0, 8], Gen.Int[0, 1100]).SampleAsync(async (sizes, behind) =>
    {
        var html = new string('x', sizes.Sum()) + "</html" + new string(' ', behind);
        var parts = new List<string>();
        var at = 0;
        foreach (var size in sizes)
        {
            parts.Add(html[at..(at += size)]);
        }

        parts.Add(html[at..]);
        return await EndsWellAsync(copyEnds: true, [.. parts]) == (behind + 6 <= HtmlEnd.TailLength);
    }, iter: 200);

    private static async Task<bool> EndsWellAsync(bool copyEnds, params string[] reads)
    {
        var call = new OriginCall { CopyEndsInHtml = _ => ValueTask.FromResult(copyEnds) };
        await using var stream = new EndCheckedStream(new Parts(reads), call);
        using var received = new MemoryStream();
        try
        {
            await stream.CopyToAsync(received, TestContext.Current.CancellationToken);
            return call.Failure == OriginFailure.None;
        }
        catch (IOException)
        {
            return call.Failure != OriginFailure.BodyCut;
        }
        finally
        {
            Assert.Equal(string.Concat(reads), Encoding.UTF8.GetString(received.ToArray()));
        }
    }

    /// <summary>Gives one part to each read, or the beginning of it.</summary>
    private sealed class Parts(string[] parts) : MemoryStream
    {
        private readonly Queue<byte[]> rest = new(parts.SelectMany(part => part.Chunk(40_000)).Select(Encoding.UTF8.GetBytes));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!rest.TryDequeue(out var next))
            {
                return ValueTask.FromResult(0);
            }

            next.CopyTo(buffer);
            return ValueTask.FromResult(next.Length);
        }
    }
}

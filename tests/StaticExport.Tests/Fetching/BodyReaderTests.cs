using System.IO.Compression;
using StaticExport.Fetching;
using Xunit;

namespace StaticExport.Tests.Fetching;

public sealed class BodyReaderTests
{
    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(25_000, false)]
    public async Task Notices_that_a_compressed_body_was_cut(int missing, bool whole)
    {
        var content = new byte[50_000];
        new Random(1).NextBytes(content);
        using var packed = new MemoryStream();
        await using (var packing = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await packing.WriteAsync(content, TestContext.Current.CancellationToken);
        }

        await using var reader = BodyReader.For(new MemoryStream(packed.ToArray()[..^missing]), "gzip", 1_000_000)!;
        await ReadAsync(reader);

        Assert.Equal(whole, reader.IsWhole);
    }

    [Fact]
    public async Task Refuses_a_body_over_the_bound()
    {
        await using var reader = BodyReader.For(new MemoryStream(new byte[2000]), null, maxBytes: 1999)!;

        Assert.Null(await ReadAsync(reader));
        Assert.Equal(FetchFailureKind.TooLarge, reader.Failure!.Kind);
    }

    [Fact]
    public async Task Reads_a_body_up_to_the_bound()
    {
        await using var reader = BodyReader.For(new MemoryStream(new byte[2000]), null, maxBytes: 2000)!;

        Assert.Equal(2000, await ReadAsync(reader));
        Assert.Null(reader.Failure);
    }

    [Fact]
    public void Knows_only_the_codings_that_were_asked_for() => Assert.Null(BodyReader.For(Stream.Null, "compress", 1));

    private static async Task<long?> ReadAsync(BodyReader reader)
    {
        var buffer = new byte[4096];
        long total = 0;
        int? given;
        while ((given = await reader.ReadAsync(buffer, TestContext.Current.CancellationToken)) is > 0 and var count)
        {
            total += count;
        }

        return given is null ? null : total;
    }
}

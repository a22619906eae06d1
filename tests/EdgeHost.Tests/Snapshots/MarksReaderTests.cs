using System.IO.Compression;
using System.Text;
using CsCheck;
using EdgeHost.Snapshots;

namespace EdgeHost.Tests.Snapshots;

public sealed class MarksReaderTests
{
    private static readonly string Page = $"<title>Nova Talents</title>{string.Concat(Enumerable.Range(0, 1000).Select(i => $"<p>Größe {i * 7919 % 1000}</p>"))}";

    public static TheoryData<string> Codings => ["gzip", "x-gzip", "GZIP", "br", "deflate"];

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("identity")]
    [InlineData("Identity")]
    public void What_is_not_coded_is_read_as_it_is(string? coding) => Assert.Equal(Page, Decode(Encoding.UTF8.GetBytes(Page), coding));

    [Theory]
    [MemberData(nameof(Codings))]
    public void What_is_coded_is_decoded(string coding)
    {
        foreach (var text in new[] { "", "<title>Nova</title>", Page[..2000] })
        {
            Assert.Equal(text, Decode(Encode(Encoding.UTF8.GetBytes(text), coding), coding));
        }
    }

    [Theory]
    [MemberData(nameof(Codings))]
    public void No_more_than_the_head_is_decoded(string coding)
    {
        Assert.Equal(new string('x', PageMarks.HeadLength), Decode(Encode(Encoding.ASCII.GetBytes(new string('x', PageMarks.HeadLength)), coding), coding));
        Assert.Equal(new string('x', PageMarks.HeadLength), Decode(Encode(Encoding.ASCII.GetBytes(new string('x', 10_000_000)), coding), coding));
    }

    [Theory]
    [MemberData(nameof(Codings))]
    public void A_start_that_ends_anywhere_is_read_so_far(string coding)
    {
        var page = Encoding.UTF8.GetBytes(Page);
        var coded = Encode(page, coding);
        var longest = 0;
        for (var length = 0; length < coded.Length; length += 37)
        {
            var text = Decode(coded.AsMemory(0, length), coding)!.TrimEnd('\uFFFD');
            Assert.StartsWith(text, Page, StringComparison.Ordinal);
            Assert.True(text.Length >= longest, "a longer start gives no less");
            longest = text.Length;
        }

        Assert.InRange(longest, 10_000, Page.Length);
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("compress")]
    [InlineData("gzip, br")]
    [InlineData("x-unknown")]
    public void What_can_t_be_decoded_here_is_not_judged(string coding) => Assert.Null(Decode(Encoding.UTF8.GetBytes(Page), coding));

    [Fact]
    public void Whatever_comes_is_no_error() => Gen.Select(Gen.Byte.Array[0, 300], Gen.OneOf("gzip", "deflate", "br", "", "zstd")).Sample((bytes, coding) =>
        (Decode(bytes, coding) is null) == (coding == "zstd"));

    private static string? Decode(ReadOnlyMemory<byte> start, string? coding) => MarksReader.Decode(start, coding) is { } decoded ? Encoding.UTF8.GetString(decoded) : null;

    private static byte[] Encode(byte[] content, string coding)
    {
        using var buffer = new MemoryStream();
        using (Stream encoder = coding.ToLowerInvariant() switch
        {
            "br" => new BrotliStream(buffer, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => new ZLibStream(buffer, CompressionLevel.Fastest, leaveOpen: true),
            _ => new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true),
        })
        {
            encoder.Write(content);
        }

        return buffer.ToArray();
    }
}

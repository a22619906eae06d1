using EdgeHost.Snapshots;
using EdgeHost.SnapshotStore.Blobs;

namespace EdgeHost.Tests.Snapshots;

public sealed class AcceptEncodingTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("identity", "")]
    [InlineData("gzip", "gzip")]
    [InlineData("GZIP", "gzip")]
    [InlineData("x-gzip", "gzip")]
    [InlineData("gzip, br", "gzip br")]
    [InlineData("gzip, deflate, br, zstd", "gzip br zstd")]
    [InlineData("gzip,br,zstd", "gzip br zstd")]
    [InlineData(" br ;q=0.5 , gzip;q=1.0", "gzip br")]
    [InlineData("gzip;q=0", "")]
    [InlineData("gzip;q=0.0, br", "br")]
    [InlineData("gzip;q=0.000", "")]
    [InlineData("gzip; Q=0", "")]
    [InlineData("gzip;q=0.001", "gzip")]
    [InlineData("*", "gzip br zstd")]
    [InlineData("*;q=0", "")]
    [InlineData("*;q=0.1", "gzip br zstd")]
    [InlineData("gzip, *;q=0", "gzip")]
    [InlineData("gzip;q=0, *", "br zstd")]
    [InlineData("*, gzip;q=0", "br zstd")]
    [InlineData("identity;q=0, br", "br")]
    [InlineData("gzip;q=0, gzip", "")]
    [InlineData("gzipped, brr", "")]
    [InlineData(",,gzip,,", "gzip")]
    [InlineData(";q=1", "")]
    [InlineData("gzip;level=9", "gzip")]
    public void Takes_what_the_client_accepts(string? header, string expected)
    {
        // Twice: the second time from what is known.
        Assert.Equal(expected, Words(AcceptEncoding.Parse(header)));
        Assert.Equal(expected, Words(AcceptEncoding.Parse(header)));
    }

    [Fact]
    public void Does_not_remember_without_a_bound()
    {
        for (var i = 0; i < 2000; i++)
        {
            Assert.Equal("gzip", Words(AcceptEncoding.Parse($"gzip, x{i}")));
        }
    }

    private static string Words(int set)
    {
        Assert.InRange(set, 0, AcceptEncoding.SetCount - 1);
        Assert.True(AcceptEncoding.Has(set, ContentCoding.Identity));
        return string.Join(' ', new[] { (ContentCoding.Gzip, "gzip"), (ContentCoding.Brotli, "br"), (ContentCoding.Zstandard, "zstd") }.Where(pair => AcceptEncoding.Has(set, pair.Item1)).Select(pair => pair.Item2));
    }
}

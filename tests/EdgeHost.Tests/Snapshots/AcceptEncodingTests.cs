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
        return string.Join(' ', new[] { (ContentCoding.Gzip, "gzip"), (ContentCoding.Brotli, "br"), (ContentCoding.Zstandard, "zstd") }.Where(pair => AcceptEncoding.RankOf(set, pair.Item1) > 0).Select(pair => pair.Item2));
    }

    [Theory]
    [InlineData(null, "identity")]
    [InlineData("gzip, br", "gzip=br > identity")]
    [InlineData("gzip;q=0.5, br", "br > gzip > identity")]
    [InlineData("gzip;q=0.5, br;q=0.25, zstd;q=0.75", "zstd > gzip > br > identity")]
    [InlineData("identity, gzip;q=0.5", "identity > gzip")]
    [InlineData("identity;q=0, gzip", "gzip")]
    [InlineData("identity;q=0.5, gzip;q=0.5", "identity=gzip")]
    [InlineData("*;q=0.5, gzip", "gzip > identity=br=zstd")]
    [InlineData("*;q=0", "")]
    [InlineData("*;q=0, identity", "identity")]
    [InlineData("gzip;q=0.001", "gzip > identity")]
    [InlineData("gzip;q=7, br", "gzip=br > identity")]
    [InlineData("gzip;q=-1, br", "gzip=br > identity")]
    public void Knows_what_is_wanted_first(string? header, string expected)
    {
        var accepted = AcceptEncoding.Parse(header);
        var ranked = new[] { (ContentCoding.Identity, "identity"), (ContentCoding.Gzip, "gzip"), (ContentCoding.Brotli, "br"), (ContentCoding.Zstandard, "zstd") }
            .GroupBy(pair => AcceptEncoding.RankOf(accepted, pair.Item1), pair => pair.Item2).Where(group => group.Key > 0).OrderByDescending(group => group.Key);

        Assert.Equal(expected, string.Join(" > ", ranked.Select(group => string.Join('=', group))));
    }
}

using System.IO.Compression;
using EdgeHost.SnapshotStore.Blobs;

namespace StaticExport.Publishing;

/// <summary>
/// The compressed forms of a body, made once at publish so that no edge ever compresses. The same bytes give the same variants,
/// so that a second run names the same blobs; across versions of the codecs the plan takes over what the active snapshot has.
/// </summary>
internal static class Variants
{
    /// <summary>Smaller than this, the headers that a coding needs cost more than it saves.</summary>
    public const int SmallestBody = 200;

    /// <summary>Larger bodies stay as they are: variants are made in memory.</summary>
    public const int LargestBody = 32 * 1024 * 1024;

    // Brotli's best quality takes about a second per megabyte.
    private const int LargestForBestBrotli = 1024 * 1024;
    private const int BrotliWindow = 22;
    private const int ZstandardLevel = 19;

    /// <summary>Whether variants of a body of this length are tried.</summary>
    public static bool AreWorthATry(long length) => length is > SmallestBody and <= LargestBody;

    /// <summary>Those forms that are under 95 % of the original.</summary>
    public static IEnumerable<(ContentCoding Coding, byte[] Content)> Of(byte[] identity) => new[]
    {
        (Coding: ContentCoding.Brotli, Content: Brotli(identity)),
        (Coding: ContentCoding.Zstandard, Content: Zstandard(identity)),
        (Coding: ContentCoding.Gzip, Content: Gzip(identity)),
    }.Where(variant => variant.Content.Length < identity.Length * 0.95);

    private static byte[] Brotli(byte[] identity)
    {
        var quality = identity.Length > LargestForBestBrotli ? 9 : 11;
        var buffer = new byte[BrotliEncoder.GetMaxCompressedLength(identity.Length)];
        return BrotliEncoder.TryCompress(identity, buffer, out var written, quality, BrotliWindow)
            ? buffer[..written]
            : throw new InvalidOperationException($"Brotli could not compress {identity.Length} bytes.");
    }

    private static byte[] Zstandard(byte[] identity)
    {
        using var compressor = new ZstdSharp.Compressor(ZstandardLevel);
        return compressor.Wrap(identity).ToArray();
    }

    private static byte[] Gzip(byte[] identity)
    {
        using var buffer = new MemoryStream();
        // .NET writes no time and no name into the header, so the bytes depend on the content alone.
        using (var gzip = new GZipStream(buffer, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(identity);
        }

        return buffer.ToArray();
    }
}

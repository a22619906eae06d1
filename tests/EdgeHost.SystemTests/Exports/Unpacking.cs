using System.IO.Compression;
using EdgeHost.SnapshotStore.Blobs;

namespace EdgeHost.SystemTests.Exports;

internal static class Unpacking
{
    public static byte[] Unpack(byte[] content, ContentCoding coding)
    {
        using var packed = new MemoryStream(content, writable: false);
        using Stream unpacking = coding switch
        {
            ContentCoding.Gzip => new GZipStream(packed, CompressionMode.Decompress),
            ContentCoding.Brotli => new BrotliStream(packed, CompressionMode.Decompress),
            ContentCoding.Zstandard => new ZstdSharp.DecompressionStream(packed),
            _ => packed,
        };
        using var plain = new MemoryStream();
        unpacking.CopyTo(plain);
        return plain.ToArray();
    }
}

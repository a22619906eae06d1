using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using EdgeHost.SnapshotStore.Blobs;

namespace EdgeHost.Indexes;

/// <summary>The frame of an index file: what proves that the bytes are an index of this version, whole, and of one certain manifest.</summary>
/// <remarks>
/// Little-endian. <c>0: "EdgeHost"</c>, <c>8: format</c> (4 bytes), <c>12: 0</c> (4 bytes), <c>16: hash of the manifest</c> (32 bytes),
/// <c>48: XXH3-64 of all other bytes</c>, then the body, which <see cref="IndexWriter"/> describes. Only the edge that wrote it reads it: one of another
/// version, or damaged, is made anew from its manifest.
/// </remarks>
internal static class IndexFormat
{
    public const int CurrentFormat = 1;
    public const int HashLength = 32;
    public const int HeaderLength = 56;

    private const int ManifestAt = 16;
    private const int ChecksumAt = 48;

    private static ReadOnlySpan<byte> Magic => "EdgeHost"u8;

    /// <summary>Puts the frame around a body that was written behind room for it.</summary>
    public static void Seal(Span<byte> file, BlobHash manifest)
    {
        Magic.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file[8..], CurrentFormat);
        BinaryPrimitives.WriteInt32LittleEndian(file[12..], 0);
        Convert.FromHexString(manifest.Text, file[ManifestAt..ChecksumAt], out _, out _);
        BinaryPrimitives.WriteUInt64LittleEndian(file[ChecksumAt..], Checksum(file));
    }

    /// <summary>Whether a file is a whole index of a manifest, in this version's format.</summary>
    public static bool IsSound(ReadOnlySpan<byte> file, BlobHash manifest)
    {
        if (file.Length <= HeaderLength || !file.StartsWith(Magic) || BinaryPrimitives.ReadInt32LittleEndian(file[8..]) != CurrentFormat)
        {
            return false;
        }

        Span<byte> hash = stackalloc byte[HashLength];
        return Convert.FromHexString(manifest.Text, hash, out _, out var written) == System.Buffers.OperationStatus.Done && written == HashLength
            && file[ManifestAt..ChecksumAt].SequenceEqual(hash)
            && BinaryPrimitives.ReadUInt64LittleEndian(file[ChecksumAt..]) == Checksum(file);
    }

    /// <summary>What keys are hashed with: it is not known before the manifest is, so nobody can make a site whose keys all meet in one place.</summary>
    public static long SeedOf(ReadOnlySpan<byte> file) => BinaryPrimitives.ReadInt64LittleEndian(file[ManifestAt..]);

    public static uint HashOf(ReadOnlySpan<char> key, long seed) => (uint)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(key), seed);

    private static ulong Checksum(ReadOnlySpan<byte> file)
    {
        var hash = new XxHash3();
        hash.Append(file[..ChecksumAt]);
        hash.Append(file[HeaderLength..]);
        return hash.GetCurrentHashAsUInt64();
    }
}

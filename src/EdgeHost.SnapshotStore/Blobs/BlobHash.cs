using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace EdgeHost.SnapshotStore.Blobs;

/// <summary>The SHA-256 (FIPS 180-4) of stored bytes, as 64 lower-case hexadecimal digits. It is the name of a blob and proves what is in it.</summary>
public readonly record struct BlobHash
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    private readonly string? text;

    private BlobHash(string text) => this.text = text;

    public string Text => text ?? "";

    public static BlobHash Of(ReadOnlySpan<byte> content) => new(Convert.ToHexStringLower(SHA256.HashData(content)));

    /// <summary>A hash from its 32 bytes.</summary>
    public static BlobHash FromBytes(ReadOnlySpan<byte> hash) =>
        hash.Length == SHA256.HashSizeInBytes ? new(Convert.ToHexStringLower(hash)) : throw new ArgumentException("A SHA-256 has 32 bytes.", nameof(hash));

    /// <summary>Hashes a stream from where it stands to its end.</summary>
    public static async Task<BlobHash> OfAsync(Stream content, CancellationToken cancellationToken) =>
        new(Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken)));

    public static bool TryParse([NotNullWhen(true)] string? text, out BlobHash hash)
    {
        hash = text is { Length: 2 * SHA256.HashSizeInBytes } && !text.AsSpan().ContainsAnyExcept(Digits) ? new BlobHash(text) : default;
        return hash.text is not null;
    }

    /// <exception cref="FormatException">Not a hash.</exception>
    public static BlobHash Parse(string text) => TryParse(text, out var hash) ? hash : throw new FormatException($"'{text}' is not a SHA-256 in lower-case hexadecimal.");

    public override string ToString() => Text;
}

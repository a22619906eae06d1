using System.Globalization;
using System.IO.Compression;

namespace StaticExport.Fetching;

/// <summary>Unpacks a body within bounds on its length and on how far it may swell.</summary>
internal sealed class BodyReader : IAsyncDisposable
{
    // The best real pages reach a hundredfold; gzip can't do more than 1032. Small bodies may: they harm nobody.
    private const int MaxSwelling = 300;
    private const long SwellingCountsFrom = 4 * 1024 * 1024;

    private readonly CountingStream wire;
    private readonly Stream decoded;
    private readonly long maxBytes;
    private long length;

    private BodyReader(CountingStream wire, Stream decoded, long maxBytes)
    {
        this.wire = wire;
        this.decoded = decoded;
        this.maxBytes = maxBytes;
    }

    /// <returns>Null when the coding is not one that was asked for.</returns>
    public static BodyReader? For(Stream content, string? coding, long maxBytes)
    {
        var wire = new CountingStream(content);
        Stream? decoded = coding?.Trim().ToLowerInvariant() switch
        {
            null or "" or "identity" => wire,
            "gzip" or "x-gzip" => new GZipStream(wire, CompressionMode.Decompress),
            _ => null,
        };
        return decoded is null ? null : new BodyReader(wire, decoded, maxBytes);
    }

    /// <summary>
    /// Whether the compressed body has its end: its last four octets are the length of what it unpacks to (RFC 1952 §2.3.1). <see cref="GZipStream"/> takes a cut one without a word.
    /// </summary>
    public bool IsWhole => ReferenceEquals(decoded, wire) || wire.LastOctets == (uint)length;

    /// <summary>Why reading ended before the body did; null while it did not.</summary>
    public FetchFailure? Failure { get; private set; }

    /// <returns>The count of bytes, 0 at the end; null when there is a <see cref="Failure"/>.</returns>
    public async ValueTask<int?> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        int count;
        try
        {
            count = await decoded.ReadAsync(buffer, cancellationToken);
        }
        catch (InvalidDataException e)
        {
            return Refuse(FetchFailureKind.BrokenOff, $"its compressed body is cut or corrupt: {e.Message}");
        }
        catch (IOException e)
        {
            return Refuse(FetchFailureKind.BrokenOff, $"the connection ended within its body: {e.Message}");
        }

        length += count;
        if (length > maxBytes)
        {
            return Refuse(FetchFailureKind.TooLarge, string.Create(CultureInfo.InvariantCulture, $"its body is longer than {maxBytes} bytes: raise --max-body-bytes or exclude it"));
        }

        if (length > SwellingCountsFrom && length / MaxSwelling > wire.Count)
        {
            return Refuse(FetchFailureKind.Bomb, string.Create(CultureInfo.InvariantCulture, $"its {wire.Count} bytes unpack to more than {length}: a decompression bomb; exclude it"));
        }

        return count;
    }

    public ValueTask DisposeAsync() => decoded.DisposeAsync();

    private int? Refuse(FetchFailureKind kind, string detail)
    {
        Failure = new FetchFailure(kind, detail);
        return null;
    }
}

using System.Text;

namespace EdgeHost.Snapshots;

/// <summary>Several parts of a body in one answer, as <c>multipart/byteranges</c> (RFC 9110 §14.6).</summary>
internal sealed class MultipartRanges
{
    private const int BoundaryLength = 24;

    private readonly List<(byte[] Head, ByteRange Range)> parts = [];
    private readonly byte[] end;

    /// <param name="ranges">The parts.</param>
    /// <param name="body">Of what.</param>
    /// <param name="contentType">Its type; null where it has none.</param>
    public MultipartRanges(IReadOnlyList<ByteRange> ranges, SnapshotBody body, string? contentType)
    {
        // Nobody writes bytes that hold a part of their own hash.
        var boundary = body.Hash.Text[..BoundaryLength];
        ContentType = $"multipart/byteranges; boundary={boundary}";
        foreach (var range in ranges)
        {
            var head = $"{(parts.Count == 0 ? "" : "\r\n")}--{boundary}\r\n{(contentType is null ? "" : $"Content-Type: {contentType}\r\n")}Content-Range: {range.Of(body.Length)}\r\n\r\n";
            parts.Add((Encoding.Latin1.GetBytes(head), range));
        }

        end = Encoding.Latin1.GetBytes($"\r\n--{boundary}--\r\n");
    }

    public string ContentType { get; }

    /// <summary>The length of the whole answer, in bytes.</summary>
    public long Length => parts.Sum(part => part.Head.Length + part.Range.Length) + end.Length;

    /// <param name="response">Where it goes.</param>
    /// <param name="sendAsync">Sends bytes of the body.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task WriteAsync(HttpResponse response, Func<ByteRange, Task> sendAsync, CancellationToken cancellationToken)
    {
        foreach (var (head, range) in parts)
        {
            await response.Body.WriteAsync(head, cancellationToken);
            await sendAsync(range);
        }

        await response.Body.WriteAsync(end, cancellationToken);
    }
}

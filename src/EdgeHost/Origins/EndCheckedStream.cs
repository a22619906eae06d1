using EdgeHost.Health;
using EdgeHost.SnapshotStore.Bodies;

namespace EdgeHost.Origins;

/// <summary>Passes bytes through and keeps the last few; its end is an error when they lack the <c>&lt;/html</c> that the snapshot's copy ends in.</summary>
internal sealed class EndCheckedStream(Stream inner, OriginCall call) : ReadOnlyStream(inner)
{
    // Enough for the end tag and what templates and debug tools write behind it.
    private const int TailLength = HtmlEnd.TailLength;

    private readonly byte[] tail = new byte[TailLength];
    private int kept;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await Inner.ReadAsync(buffer, cancellationToken);
        if (read > 0)
        {
            Keep(buffer.Span[..read]);
        }
        else if (buffer.Length > 0 && !HtmlEnd.IsIn(tail.AsSpan(0, kept)) && call.CopyEndsInHtml is { } copyEndsInHtml && await copyEndsInHtml(cancellationToken))
        {
            call.Failure = OriginFailure.BodyCut;
            throw new IOException("The origin's connection ended in the middle of an HTML document.");
        }

        return read;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= TailLength)
        {
            bytes[^TailLength..].CopyTo(tail);
            kept = TailLength;
            return;
        }

        var stays = Math.Min(kept, TailLength - bytes.Length);
        tail.AsSpan(kept - stays, stays).CopyTo(tail);
        bytes.CopyTo(tail.AsSpan(stays));
        kept = stays + bytes.Length;
    }
}

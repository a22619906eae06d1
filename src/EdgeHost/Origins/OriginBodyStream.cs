using EdgeHost.Health;
using EdgeHost.SnapshotStore.Bodies;

namespace EdgeHost.Origins;

/// <summary>
/// The body of an answer that the snapshot could give as well. Its first bytes are there before the answer counts as begun, it may not stop for long,
/// and its start is shown to whoever watches.
/// </summary>
internal sealed class OriginBodyStream(Stream inner, OriginCall call, IAnswerWatch? watch, TimeProvider clock) : ReadOnlyStream(inner)
{
    // The head of a page with its title; and what is read at once where nobody watches.
    private const int WatchedLength = 16 * 1024;
    private const int FirstLength = 4 * 1024;

    private CancellationTokenSource pause = new(Timeout.InfiniteTimeSpan, clock);
    private byte[] start = new byte[watch is null ? FirstLength : WatchedLength];
    private IAnswerWatch? watch = watch;
    private int kept;
    private int given;

    /// <summary>Waits for the first bytes, or for the end of a body without any.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        kept = await Inner.ReadAsync(start, cancellationToken);
        ShowWhenDone(isEnd: kept == 0);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (given < kept)
        {
            return GiveStart(buffer.Span);
        }

        var read = await ReadOnAsync(buffer, cancellationToken);
        if (watch is not null && buffer.Length > 0)
        {
            Keep(buffer.Span[..read]);
            ShowWhenDone(isEnd: read == 0);
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            pause.Dispose();
        }

        base.Dispose(disposing);
    }

    private int GiveStart(Span<byte> buffer)
    {
        var length = Math.Min(buffer.Length, kept - given);
        start.AsSpan(given, length).CopyTo(buffer);
        given += length;
        if (given == kept && watch is null)
        {
            (start, given, kept) = ([], 0, 0);
        }

        return length;
    }

    private async ValueTask<int> ReadOnAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        await using var _ = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), pause);
        var reading = Inner.ReadAsync(buffer, pause.Token);
        if (reading.IsCompletedSuccessfully)
        {
            return reading.Result;
        }

        pause.CancelAfter(call.BodyTimeout);
        try
        {
            var read = await reading;
            pause.CancelAfter(Timeout.InfiniteTimeSpan);
            if (pause.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                // The time was up as the bytes came.
                pause.Dispose();
                pause = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
            }

            return read;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            call.Failure = OriginFailure.BodyCut;
            throw new IOException($"The origin's answer stopped for {call.BodyTimeout.TotalSeconds} s in the middle of its body.", e);
        }
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        var length = Math.Min(bytes.Length, start.Length - kept);
        bytes[..length].CopyTo(start.AsSpan(kept));
        kept += length;
        given = kept;
    }

    private void ShowWhenDone(bool isEnd)
    {
        if (watch is not null && (isEnd || kept == start.Length))
        {
            // What has not been given yet is still read from here, and nobody writes into it any more.
            watch.Seen(start.AsMemory(0, kept), isEnd);
            watch = null;
        }
    }
}

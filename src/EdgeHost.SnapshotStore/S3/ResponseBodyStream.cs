using Amazon.S3.Model;
using EdgeHost.SnapshotStore.Bodies;

namespace EdgeHost.SnapshotStore.S3;

/// <summary>The body of an answer, which ends the answer when it is disposed. Its failures are IOExceptions, whatever the SDK throws, and so is a store that falls silent in the middle.</summary>
internal sealed class ResponseBodyStream(GetObjectResponse response, TimeSpan silence, TimeProvider clock) : ReadOnlyStream(response.ResponseStream)
{
    public override long Length => response.ContentLength;

    // For callers that have no other choice: without the bound on silence.
    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            return Inner.Read(buffer, offset, count);
        }
        catch (Exception e) when (e is HttpRequestException or Amazon.Runtime.AmazonClientException)
        {
            throw new IOException(e.Message, e);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var bound = LinkedTimeout.After(silence, clock, cancellationToken);
        try
        {
            var reading = Inner.ReadAsync(buffer, bound.Token);
            if (reading.IsCompletedSuccessfully)
            {
                return reading.Result;
            }

            // Not on the thread that the bytes came in on (StoreHttp): they are hashed and written next.
            var read = await reading;
            await Task.Yield();
            return read;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"nothing came for {silence.TotalSeconds} s", e);
        }
        catch (Exception e) when (e is HttpRequestException or Amazon.Runtime.AmazonClientException)
        {
            throw new IOException(e.Message, e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            try
            {
                response.Dispose();
            }
            catch (Amazon.Runtime.AmazonClientException e)
            {
                // Only now the SDK holds its own checksum against what it has passed on.
                throw new IOException(e.Message, e);
            }
        }

        base.Dispose(disposing);
    }
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Sites;
using StaticExport.Capturing;

namespace StaticExport.Publishing;

/// <summary>Makes the variants of new bodies and uploads the blobs that the store lacks, several at a time.</summary>
internal sealed class BlobUploader(ObjectCreation creation, SiteId site, IReadOnlySet<BlobHash> present, IProgress<PublishProgress>? progress)
{
    private const int Concurrency = 8;

    private readonly ConcurrentDictionary<BlobHash, bool> handled = new();
    private int done;
    private int uploaded;
    private long bytes;

    /// <summary>Blobs that were created.</summary>
    public int Uploaded => uploaded;

    /// <summary>Their bytes.</summary>
    public long Bytes => bytes;

    /// <summary>Every body of the plan as it is in the store.</summary>
    public async Task<IReadOnlyDictionary<BlobHash, ImmutableArray<StoredBody>>> UploadAsync(UploadPlan plan, CancellationToken cancellationToken)
    {
        var stored = new ConcurrentDictionary<BlobHash, ImmutableArray<StoredBody>>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(plan.Bodies.Values, options, async (body, cancel) =>
        {
            stored[body.Body.Hash] = body.Action == BodyAction.Present ? body.Stored : await UploadAsync(body, cancel);
            progress?.Report(new PublishProgress(PublishStep.Uploading, Interlocked.Increment(ref done), plan.Bodies.Count));
        });
        return stored;
    }

    private async Task<ImmutableArray<StoredBody>> UploadAsync(PlannedBody planned, CancellationToken cancellationToken)
    {
        var body = planned.Body;
        if (!planned.Compresses || !Variants.AreWorthATry(body.Length))
        {
            await UploadFileAsync(body, cancellationToken);
            return [new StoredBody(ContentCoding.Identity, body.Hash, body.Length)];
        }

        var identity = await File.ReadAllBytesAsync(body.File, cancellationToken);
        Check(body, BlobHash.Of(identity));
        var stored = ImmutableArray.CreateBuilder<StoredBody>();
        stored.Add(new StoredBody(ContentCoding.Identity, body.Hash, identity.Length));
        await UploadAsync(body.Hash, identity.Length, () => new MemoryStream(identity, writable: false), cancellationToken);
        foreach (var (coding, content) in Variants.Of(identity))
        {
            var hash = BlobHash.Of(content);
            stored.Add(new StoredBody(coding, hash, content.Length));
            await UploadAsync(hash, content.Length, () => new MemoryStream(content, writable: false), cancellationToken);
        }

        return stored.ToImmutable();
    }

    private async Task UploadFileAsync(SpooledBody body, CancellationToken cancellationToken)
    {
        if (present.Contains(body.Hash))
        {
            return;
        }

        await using (var file = File.OpenRead(body.File))
        {
            Check(body, await BlobHash.OfAsync(file, cancellationToken));
        }

        await UploadAsync(body.Hash, body.Length, () => File.OpenRead(body.File), cancellationToken);
    }

    private async Task UploadAsync(BlobHash hash, long length, Func<Stream> open, CancellationToken cancellationToken)
    {
        // Two bodies may have a variant in common; it is one blob.
        if (present.Contains(hash) || !handled.TryAdd(hash, true))
        {
            return;
        }

        if (await creation.EnsureAsync(StoreKeys.Blob(site, hash), open, cancellationToken))
        {
            Interlocked.Increment(ref uploaded);
            Interlocked.Add(ref bytes, length);
        }
    }

    // A blob's name is a promise about its bytes: a spool file that has changed since it was hashed must not get it.
    private static void Check(SpooledBody body, BlobHash found)
    {
        if (found != body.Hash)
        {
            throw new IOException($"{body.File} holds other bytes than were captured (SHA-256 {found}, captured {body.Hash}): run the export again.");
        }
    }
}

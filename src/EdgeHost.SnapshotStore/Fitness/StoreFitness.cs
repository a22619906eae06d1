using EdgeHost.SnapshotStore.Identity;
using EdgeHost.SnapshotStore.S3;

namespace EdgeHost.SnapshotStore.Fitness;

/// <summary>Whether a store does what EdgeHost relies on, found out by trying.</summary>
public static class StoreFitness
{
    /// <summary>Edges and export jobs compare times that each other wrote.</summary>
    public static readonly TimeSpan LargestClockDifference = TimeSpan.FromSeconds(5);

    private const int Racers = 8;

    // Never created by anybody.
    private const string AbsentKey = "checks/absent";

    /// <summary>Tries everything. It leaves one small object, <see cref="StoreKeys.CreateCheck"/>, once ever.</summary>
    /// <exception cref="StoreException">The store can't be asked at all.</exception>
    public static async Task<IReadOnlyList<Finding>> CheckAsync(ISnapshotStore store, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>
        {
            await CheckIdentityAsync(store, cancellationToken),
            await CheckAbsentAsync(store, cancellationToken),
            await CheckCreateAsync(store, cancellationToken),
            await CheckListAsync(store, cancellationToken),
        };
        if (findings.TrueForAll(finding => finding.Level != FindingLevel.Good))
        {
            // Not a permission here and there: nothing of what follows would tell more.
            throw new StoreException(StoreFailure.Denied, findings[0].Detail);
        }

        if (store is S3SnapshotStore s3)
        {
            findings.Add(await BucketFitness.CheckVersioningAsync(s3, cancellationToken));
            findings.Add(await BucketFitness.CheckLifecycleAsync(s3, cancellationToken));
        }

        findings.Add(CheckClock(store.ClockOffset));
        return findings;
    }

    internal static Finding CheckClock(TimeSpan? offset) => offset switch
    {
        null => new("clock", FindingLevel.Unknown, "The store does not say what time it is."),
        { } known when known.Duration() > LargestClockDifference =>
            new("clock", FindingLevel.Warning, $"The store's clock is {known.TotalSeconds:+0;-0} s from this machine's: synchronise this machine's (NTP)."),
        { } known => new("clock", FindingLevel.Good, $"The store's clock is within {Math.Ceiling(known.Duration().TotalSeconds):0} s of this machine's."),
    };

    private static async Task<Finding> CheckIdentityAsync(ISnapshotStore store, CancellationToken cancellationToken)
    {
        try
        {
            return await StoreIdentity.TryReadAsync(store, cancellationToken) is { } identity
                ? new("identity", FindingLevel.Good, $"{StoreKeys.Identity} is there: store {identity.Id} of {identity.CreatedAt:u}.")
                : new("identity", FindingLevel.Warning, $"There is no {StoreKeys.Identity} yet: run 'static-export init'.");
        }
        catch (StoreException e) when (e.Failure == StoreFailure.Denied)
        {
            return new("identity", FindingLevel.Unfit, $"{StoreKeys.Identity} can't be read, or is absent and the list permission is missing: {e.Message}");
        }
        catch (StoreException e) when (e.Failure == StoreFailure.Invalid && e.InnerException is System.Text.Json.JsonException)
        {
            return new("identity", FindingLevel.Unfit, e.Message);
        }
    }

    private static async Task<Finding> CheckAbsentAsync(ISnapshotStore store, CancellationToken cancellationToken)
    {
        try
        {
            return await store.ExistsAsync(AbsentKey, cancellationToken)
                ? new("absent key", FindingLevel.Unfit, $"{AbsentKey} is there, and nobody should have created it: does the store answer anything to everything?")
                : new("absent key", FindingLevel.Good, "An absent object reads as absent (404).");
        }
        catch (StoreException e) when (e.Failure == StoreFailure.Denied)
        {
            return new("absent key", FindingLevel.Unfit, "An absent object reads as denied (403), so that the journal's end can't be told: allow s3:ListBucket on the bucket, without a condition.");
        }
    }

    // The journal stands on this. All racers bring the same bytes, so it does no harm where the condition is ignored.
    private static async Task<Finding> CheckCreateAsync(ISnapshotStore store, CancellationToken cancellationToken)
    {
        const string Check = "create-if-absent";
        try
        {
            var content = "EdgeHost store check\n"u8.ToArray();
            var race = await Task.WhenAll(Enumerable.Range(0, Racers).Select(_ => store.CreateAsync(StoreKeys.CreateCheck, content, cancellationToken)));
            var second = await store.CreateAsync(StoreKeys.CreateCheck, content, cancellationToken);
            var created = race.Append(second).Count(outcome => outcome == CreateOutcome.Created);
            return created > 1
                ? new(Check, FindingLevel.Unfit, $"{created} writers were told that they had created the same object: If-None-Match: * is not honoured, so journals would lose records. Use another engine or a newer version of it.")
                : new(Check, FindingLevel.Good, $"A second create of the same object is refused ({second}).");
        }
        catch (StoreException e) when (e.Failure == StoreFailure.Denied)
        {
            return new(Check, FindingLevel.Unknown, $"We may not create {StoreKeys.CreateCheck}: try again with the exporter's credentials.");
        }
        catch (StoreException e) when (e.Failure == StoreFailure.Invalid && e.Message.Contains("NotImplemented", StringComparison.Ordinal))
        {
            return new(Check, FindingLevel.Unfit, $"The engine has no conditional creates. {e.Message}");
        }
    }

    private static async Task<Finding> CheckListAsync(ISnapshotStore store, CancellationToken cancellationToken)
    {
        try
        {
            var found = 0;
            await foreach (var key in store.ListAsync("checks/", cancellationToken))
            {
                found++;
            }

            var isThere = await store.ExistsAsync(StoreKeys.CreateCheck, cancellationToken);
            return isThere && found == 0
                ? new("list", FindingLevel.Unfit, "A listing lacks an object that can be read: listings are not consistent, or the prefix is not the same.")
                : new("list", FindingLevel.Good, "Objects can be listed.");
        }
        catch (StoreException e) when (e.Failure == StoreFailure.Denied)
        {
            return new("list", FindingLevel.Warning, "Objects can't be listed: checkpoints are not found, and blobs are asked for one by one. On AWS absent objects then read as 403. Allow s3:ListBucket.");
        }
    }
}

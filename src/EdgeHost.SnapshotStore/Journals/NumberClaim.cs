namespace EdgeHost.SnapshotStore.Journals;

/// <summary>
/// Takes a journal's next number for a record:
/// 1. create the number; 2. whatever the answer, if it was not a plain "created": read the number and look whose record it is.
/// A reply can be lost after the store has committed, and the SDK tries again by itself, so "it exists" may well mean that we won.
/// </summary>
internal sealed class NumberClaim(ISnapshotStore store, TimeProvider clock)
{
    private const int MostTries = 8;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>Whether the number is ours; false: somebody else's record has it.</summary>
    /// <exception cref="StoreException"><see cref="StoreFailure.Unreachable"/>: it is unknown whether the record was written. Everything else: it was not.</exception>
    public async Task<bool> TryAsync(string key, string id, byte[] content, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        StoreException? failure = null;
        for (var tries = 1; ; tries++)
        {
            // :: Step 1
            try
            {
                if (await store.CreateAsync(key, content, cancellationToken) == CreateOutcome.Created)
                {
                    return true;
                }
            }
            // A first answer such as "denied" is believed; after a try that may have succeeded, it is not an answer to whether the record is there.
            catch (StoreException e) when (e.Failure == StoreFailure.Unreachable || failure is not null)
            {
                failure = e;
            }

            // :: Step 2
            try
            {
                if (await store.ReadAsync(key, cancellationToken) is { } found)
                {
                    return RecordFile.TryRead(found, out var problem) is { } record ? record.Id == id
                        : RecordFile.NewerFormat(found) is not null ? false
                        : throw store.Damaged($"{key} can't be read: {problem}");
                }
            }
            catch (StoreException e) when (e.Failure is StoreFailure.Unreachable or StoreFailure.Denied)
            {
                failure = e;
            }

            // Nobody has the number, as far as we can tell: the same bytes again, so that a late first try of ours can't make a second record.
            if (tries >= MostTries)
            {
                throw new StoreException(
                    StoreFailure.Unreachable,
                    $"It is unknown whether {key} was written: look at the journal before trying again. {failure?.Message ?? $"{store.Location} neither creates it nor shows who did."}",
                    failure);
            }

            await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), clock, cancellationToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }
}

using EdgeHost.SnapshotStore;

namespace StaticExport.Publishing;

/// <summary>Creates objects whose name no other content can have (a hash, a random id), so that trying again does no harm.</summary>
internal sealed class ObjectCreation(ISnapshotStore store, TimeProvider clock)
{
    private const int Tries = 4;

    /// <summary>Whether this call created the object; false: it was there, or another writer made it at the same moment.</summary>
    /// <exception cref="StoreException">The store does not take it.</exception>
    public async Task<bool> EnsureAsync(string key, Func<Stream> open, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await using var content = open();
                switch (await store.CreateAsync(key, content, cancellationToken))
                {
                    case CreateOutcome.Created:
                        return true;
                    case CreateOutcome.AlreadyExists:
                        return false;
                    case CreateOutcome.Contended when tries >= Tries:
                        throw new StoreException(StoreFailure.Unreachable, $"{store.Location} goes on answering that somebody else is writing {key}.");
                }
            }
            catch (StoreException e) when (e.Failure == StoreFailure.Unreachable && tries < Tries)
            {
                // Whether it was created is unknown: the next try finds it there, or creates it.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100 << tries), clock, cancellationToken);
        }
    }
}

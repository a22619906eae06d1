using EdgeHost.SnapshotStore;

namespace EdgeHost.TestParts.Stores;

/// <summary>Commits, and then says that it could not be reached.</summary>
public sealed class LossyStore(ISnapshotStore inner, Func<string, bool> loses, Action onLost) : ISnapshotStore
{
    public string Location => inner.Location;

    public TimeSpan? ClockOffset => inner.ClockOffset;

    public Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken) => inner.OpenAsync(key, cancellationToken);

    public async Task<CreateOutcome> CreateAsync(string key, Stream content, CancellationToken cancellationToken)
    {
        var outcome = await inner.CreateAsync(key, content, cancellationToken);
        if (!loses(key))
        {
            return outcome;
        }

        onLost();
        throw new StoreException(StoreFailure.Unreachable, "the answer was lost");
    }

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);
}

using EdgeHost.SnapshotStore;

namespace EdgeHost.TestParts.Stores;

/// <summary>A store that a test can step into before each call; what it throws is the answer.</summary>
public sealed class WatchedStore(ISnapshotStore inner) : ISnapshotStore
{
    public Action<string>? Opening { get; set; }

    public Func<string, CreateOutcome?>? Creating { get; set; }

    public Action<string>? Listing { get; set; }

    public string Location => inner.Location;

    public TimeSpan? ClockOffset => inner.ClockOffset;

    public Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken)
    {
        Opening?.Invoke(key);
        return inner.OpenAsync(key, cancellationToken);
    }

    public async Task<CreateOutcome> CreateAsync(string key, Stream content, CancellationToken cancellationToken) =>
        Creating?.Invoke(key) ?? await inner.CreateAsync(key, content, cancellationToken);

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        Listing?.Invoke(prefix);
        return inner.ListAsync(prefix, cancellationToken);
    }
}

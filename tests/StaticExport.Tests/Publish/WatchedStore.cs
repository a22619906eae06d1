using EdgeHost.SnapshotStore;

namespace StaticExport.Tests.Publish;

/// <summary>A store that says what is about to be done; what its listener throws is the answer.</summary>
internal sealed class WatchedStore(ISnapshotStore inner) : ISnapshotStore
{
    public Action<string>? Opening { get; init; }

    public Action<string>? Creating { get; init; }

    public string Location => inner.Location;

    public TimeSpan? ClockOffset => inner.ClockOffset;

    public Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken)
    {
        Opening?.Invoke(key);
        return inner.OpenAsync(key, cancellationToken);
    }

    public Task<CreateOutcome> CreateAsync(string key, Stream content, CancellationToken cancellationToken)
    {
        Creating?.Invoke(key);
        return inner.CreateAsync(key, content, cancellationToken);
    }

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);
}

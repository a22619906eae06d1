using EdgeHost.SnapshotStore;

namespace EdgeHost.Tests.Following;

/// <summary>A store with somebody in its way.</summary>
internal sealed class ObstructedStore(ISnapshotStore inner) : ISnapshotStore
{
    /// <summary>Called with each key before it is opened: may throw, or take its time.</summary>
    public Func<string, CancellationToken, Task> Obstacle { get; set; } = (_, _) => Task.CompletedTask;

    public string Location => inner.Location;

    public TimeSpan? ClockOffset => inner.ClockOffset;

    public async Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken)
    {
        await Obstacle(key, cancellationToken);
        return await inner.OpenAsync(key, cancellationToken);
    }

    public Task<CreateOutcome> CreateAsync(string key, Stream content, CancellationToken cancellationToken) => inner.CreateAsync(key, content, cancellationToken);

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);
}

namespace EdgeHost.SnapshotStore.Tests.Contract;

/// <summary>A store that a test can step into before each call.</summary>
public sealed class TestStore(ISnapshotStore inner) : ISnapshotStore
{
    public Action<string>? OnOpen { get; set; }

    public Func<string, CreateOutcome?>? OnCreate { get; set; }

    public Action<string>? OnList { get; set; }

    public string Location => inner.Location;

    public TimeSpan? ClockOffset => inner.ClockOffset;

    public Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken)
    {
        OnOpen?.Invoke(key);
        return inner.OpenAsync(key, cancellationToken);
    }

    public async Task<CreateOutcome> CreateAsync(string key, Stream content, CancellationToken cancellationToken) =>
        OnCreate?.Invoke(key) ?? await inner.CreateAsync(key, content, cancellationToken);

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        OnList?.Invoke(prefix);
        return inner.ListAsync(prefix, cancellationToken);
    }
}

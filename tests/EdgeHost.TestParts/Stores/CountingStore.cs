using System.Runtime.CompilerServices;
using EdgeHost.SnapshotStore;

namespace EdgeHost.TestParts.Stores;

/// <summary>Counts what is asked of a store.</summary>
public sealed class CountingStore(ISnapshotStore inner) : ISnapshotStore
{
    /// <summary>Objects that were asked for, there or not.</summary>
    public int Opened { get; private set; }

    /// <summary>Keys that were taken from listings.</summary>
    public int Taken { get; private set; }

    /// <summary>The prefixes that were listed.</summary>
    public List<string> Listed { get; } = [];

    public string Location => inner.Location;

    public TimeSpan? ClockOffset => inner.ClockOffset;

    public Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken)
    {
        Opened++;
        return inner.OpenAsync(key, cancellationToken);
    }

    public Task<CreateOutcome> CreateAsync(string key, Stream content, CancellationToken cancellationToken) => inner.CreateAsync(key, content, cancellationToken);

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Listed.Add(prefix);
        await foreach (var key in inner.ListAsync(prefix, cancellationToken))
        {
            Taken++;
            yield return key;
        }
    }
}

using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Directories;
using EdgeHost.SnapshotStore.Identity;
using EdgeHost.SnapshotStore.Journals;
using EdgeHost.SnapshotStore.Publishing;

namespace ManySites;

/// <summary>What opening a journal asks of its store.</summary>
internal static class JournalOpening
{
    public static async Task MeasureAsync(string directory)
    {
        var store = new CountingStore(new DirectorySnapshotStore(directory));
        var identity = await StoreIdentity.ReadAsync(store, default);
        var startedAt = TimeProvider.System.GetTimestamp();
        var view = await new Journal<PublishState>(store, TimeProvider.System).OpenAsync(identity.Id, default);
        Console.WriteLine($"record {view.Head.Number} after {TimeProvider.System.GetElapsedTime(startedAt).TotalMilliseconds:F0} ms; {store.Opened} objects opened, listed: {string.Join(", ", store.Listed)} ({store.Keys} keys taken)");
    }

    private sealed class CountingStore(ISnapshotStore inner) : ISnapshotStore
    {
        public int Opened { get; private set; }

        public int Keys { get; private set; }

        public List<string> Listed { get; } = [];

        public string Location => inner.Location;

        public TimeSpan? ClockOffset => inner.ClockOffset;

        public Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken)
        {
            Opened++;
            return inner.OpenAsync(key, cancellationToken);
        }

        public Task<CreateOutcome> CreateAsync(string key, Stream content, CancellationToken cancellationToken) => inner.CreateAsync(key, content, cancellationToken);

        public async IAsyncEnumerable<string> ListAsync(string prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            Listed.Add(prefix);
            await foreach (var key in inner.ListAsync(prefix, cancellationToken))
            {
                Keys++;
                yield return key;
            }
        }
    }
}

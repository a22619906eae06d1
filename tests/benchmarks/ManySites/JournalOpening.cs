using EdgeHost.SnapshotStore.Directories;
using EdgeHost.SnapshotStore.Identity;
using EdgeHost.SnapshotStore.Journals;
using EdgeHost.SnapshotStore.Publishing;
using EdgeHost.TestParts.Stores;

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
        Console.WriteLine($"record {view.Head.Number} after {TimeProvider.System.GetElapsedTime(startedAt).TotalMilliseconds:F0} ms; {store.Opened} objects opened, listed: {string.Join(", ", store.Listed)} ({store.Taken} keys taken)");
    }
}

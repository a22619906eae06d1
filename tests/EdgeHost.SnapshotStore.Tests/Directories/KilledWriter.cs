using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Directories;
using EdgeHost.SnapshotStore.Identity;
using EdgeHost.SnapshotStore.Journals;
using EdgeHost.SnapshotStore.Operating;
using EdgeHost.SnapshotStore.Publishing;

namespace EdgeHost.SnapshotStore.Tests.Directories;

/// <summary>This test executable as a process that writes to a directory store until somebody kills it. It says that it has begun, and then the key of each object that it has written.</summary>
internal static class KilledWriter
{
    public const string Variable = "EDGEHOST_TEST_WRITES_TO";
    public const string Begun = "writing";

    public static async Task RunAsync(string root)
    {
        var store = new DirectorySnapshotStore(root);
        var (identity, _) = await StoreIdentity.InitAsync(store, TimeProvider.System, CancellationToken.None);
        Console.WriteLine(Begun);
        await Task.WhenAll(WriteBlobsAsync(store), WriteBlobsAsync(store), AppendAsync(store, identity.Id));
    }

    private static async Task WriteBlobsAsync(DirectorySnapshotStore store)
    {
        while (true)
        {
            var content = new byte[Random.Shared.Next(1_000_000)];
            Random.Shared.NextBytes(content);
            var key = StoreKeys.Blob(Some.Site, BlobHash.Of(content));
            await store.CreateAsync(key, content, CancellationToken.None);
            Console.WriteLine(key);
        }
    }

    private static async Task AppendAsync(DirectorySnapshotStore store, string id)
    {
        var ops = new Journal<OpsState>(store, TimeProvider.System);
        var view = await ops.OpenAsync(id, CancellationToken.None);
        while (true)
        {
            (view, _) = await ops.AppendAsync(view, _ => Some.Mode("nova", new string('x', Random.Shared.Next(10_000))), CancellationToken.None);
            Console.WriteLine(StoreKeys.Record(OpsState.Journal, view.Head.Number));
        }
    }
}

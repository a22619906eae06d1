using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Directories;
using EdgeHost.SnapshotStore.Identity;
using EdgeHost.SnapshotStore.Journals;
using EdgeHost.SnapshotStore.Operating;
using EdgeHost.SnapshotStore.Publishing;

namespace EdgeHost.SnapshotStore.Tests.Directories;

/// <summary>This test executable as a process that writes to a directory store until somebody kills it.</summary>
internal static class KilledWriter
{
    public const string Variable = "EDGEHOST_TEST_WRITES_TO";

    public static async Task RunAsync(string root)
    {
        var store = new DirectorySnapshotStore(root);
        var (identity, _) = await StoreIdentity.InitAsync(store, TimeProvider.System, CancellationToken.None);
        await Task.WhenAll(WriteBlobsAsync(store), WriteBlobsAsync(store), AppendAsync(store, identity.Id));
    }

    private static async Task WriteBlobsAsync(DirectorySnapshotStore store)
    {
        while (true)
        {
            var content = new byte[Random.Shared.Next(1_000_000)];
            Random.Shared.NextBytes(content);
            await store.CreateAsync(StoreKeys.Blob(Some.Site, BlobHash.Of(content)), content, CancellationToken.None);
        }
    }

    private static async Task AppendAsync(DirectorySnapshotStore store, string id)
    {
        var ops = new Journal<OpsState>(store, TimeProvider.System);
        var view = await ops.OpenAsync(id, CancellationToken.None);
        Console.WriteLine("writing");
        while (true)
        {
            (view, _) = await ops.AppendAsync(view, _ => Some.Mode("nova", new string('x', Random.Shared.Next(10_000))), CancellationToken.None);
        }
    }
}

using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Directories;

namespace EdgeHost.TestParts.Stores;

public sealed class DirectoryUnderTest : StoreUnderTest
{
    private int lost;

    public DirectoryUnderTest() => Directory.CreateDirectory(Root);

    public string Root { get; } = Path.Combine(Path.GetTempPath(), $"edgehost-store-{Guid.NewGuid():N}");

    public override int LostReplies => lost;

    public override ISnapshotStore Open() => new DirectorySnapshotStore(Root);

    public override ISnapshotStore OpenLosingReplies() => new LossyStore(Open(), _ => Random.Shared.Next(2) == 0, () => Interlocked.Increment(ref lost));

    public override Task DeleteAsync(string key)
    {
        File.Delete(Path.Combine(Root, key));
        return Task.CompletedTask;
    }

    public override Task OverwriteAsync(string key, byte[] content) => File.WriteAllBytesAsync(Path.Combine(Root, key), content);

    public override ValueTask DisposeAsync()
    {
        Directory.Delete(Root, recursive: true);
        return ValueTask.CompletedTask;
    }
}

using EdgeHost.SnapshotStore.Directories;
using EdgeHost.SnapshotStore.Tests.Contract;

namespace EdgeHost.SnapshotStore.Tests.Directories;

public sealed class DirectorySnapshotStoreTests : SnapshotStoreContract
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Root => ((DirectoryUnderTest)Under).Root;

    protected override Task<StoreUnderTest> CreateAsync() => Task.FromResult<StoreUnderTest>(new DirectoryUnderTest());

    [Fact]
    public async Task A_directory_that_is_gone_is_unreachable_and_not_made_anew()
    {
        var gone = Path.Combine(Root, "gone");
        var store = new DirectorySnapshotStore(gone);
        Assert.Equal(StoreFailure.Unreachable, (await Assert.ThrowsAsync<StoreException>(() => store.OpenAsync("a", Cancel))).Failure);
        Assert.Equal(StoreFailure.Unreachable, (await Assert.ThrowsAsync<StoreException>(() => store.CreateAsync("a", [1], Cancel))).Failure);
        await Assert.ThrowsAsync<StoreException>(async () => await store.ListAsync("", Cancel).GetAsyncEnumerator(Cancel).MoveNextAsync());
        Assert.False(Directory.Exists(gone));
    }

    [Fact]
    public async Task Names_that_are_no_keys_are_not_listed()
    {
        await Store.CreateAsync("a/b", [1], Cancel);
        await File.WriteAllTextAsync(Path.Combine(Root, "a", ".nfs0001"), "", Cancel);
        Directory.CreateDirectory(Path.Combine(Root, "lost+found"));
        await File.WriteAllTextAsync(Path.Combine(Root, "lost+found", "x"), "", Cancel);
        var keys = new List<string>();
        await foreach (var key in Store.ListAsync("", Cancel))
        {
            keys.Add(key);
        }

        Assert.Equal(["a/b"], keys);
    }

    [Fact]
    public async Task Sweeps_what_killed_writers_have_left_and_nothing_younger()
    {
        var temporary = Directory.CreateDirectory(Path.Combine(Root, ".tmp")).FullName;
        var old = Path.Combine(temporary, "old.tmp");
        var young = Path.Combine(temporary, "young.tmp");
        await File.WriteAllTextAsync(old, "", Cancel);
        await File.WriteAllTextAsync(young, "", Cancel);
        File.SetLastWriteTimeUtc(old, File.GetLastWriteTimeUtc(young).AddDays(-2));
        await Store.CreateAsync("a", [1], Cancel);
        Assert.False(File.Exists(old));
        Assert.True(File.Exists(young));
    }

    [Fact]
    public async Task A_full_disk_is_a_clear_failure_and_leaves_nothing_behind()
    {
        var exception = await Assert.ThrowsAsync<StoreException>(() => Store.CreateAsync("a/b", new FailingStream(new IOException("No space left on device")), Cancel));
        Assert.Equal(StoreFailure.Unreachable, exception.Failure);
        Assert.Contains("No space left on device", exception.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Root, "*", SearchOption.AllDirectories));
    }

    private sealed class FailingStream(IOException failure) : MemoryStream(new byte[100])
    {
        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => Task.FromException(failure);
    }
}

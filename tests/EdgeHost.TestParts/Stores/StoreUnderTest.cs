using EdgeHost.SnapshotStore;

namespace EdgeHost.TestParts.Stores;

/// <summary>A real store, made for one test, and what a test does to it behind EdgeHost's back.</summary>
public abstract class StoreUnderTest : IAsyncDisposable
{
    /// <summary>Another opening of the same store, as another process would have it.</summary>
    public abstract ISnapshotStore Open();

    /// <summary>The same store over a line that often loses the answer to a create after the store has committed it.</summary>
    public abstract ISnapshotStore OpenLosingReplies();

    /// <summary>How many answers have been lost so far.</summary>
    public abstract int LostReplies { get; }

    public abstract Task DeleteAsync(string key);

    public abstract Task OverwriteAsync(string key, byte[] content);

    public abstract ValueTask DisposeAsync();
}

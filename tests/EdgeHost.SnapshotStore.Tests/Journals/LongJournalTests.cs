using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Directories;
using EdgeHost.SnapshotStore.Identity;
using EdgeHost.SnapshotStore.Journals;
using EdgeHost.SnapshotStore.Publishing;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.SnapshotStore.Tests.Journals;

/// <summary>A journal grows for ever; what a newcomer asks of the store does not grow with it.</summary>
public sealed class LongJournalTests : IDisposable
{
    private const int Records = 3 * 1000 + 7;
    private const int Tail = Records % 64;

    private readonly Scratch scratch = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task A_newcomer_reads_the_newest_checkpoint_and_what_came_after_it()
    {
        var counting = new CountingStore(new DirectorySnapshotStore(scratch["store"]));
        var id = await FillAsync();

        var view = await new Journal<PublishState>(counting, TimeProvider.System).OpenAsync(id, Cancel);

        Assert.Equal(Records, view.Head.Number);
        Assert.Equal(Some.Snapshot(Records % 100), view.State.Of(SiteId.Parse("s1")).Published[0].Snapshot);
        // No record is listed, and of the checkpoints one is taken.
        Assert.Equal([StoreKeys.Checkpoints("publish")], counting.Listed);
        Assert.Equal(1, counting.Taken);
        // The checkpoint, the identity and the record that it names, the tail, and twice that there is no more.
        Assert.InRange(counting.Opened, Tail, Tail + 5);
    }

    [Fact]
    public async Task Looking_for_news_asks_for_one_object()
    {
        var counting = new CountingStore(new DirectorySnapshotStore(scratch["store"]));
        var journal = new Journal<PublishState>(counting, TimeProvider.System);
        var view = await journal.OpenAsync(await FillAsync(), Cancel);
        var before = counting.Opened;

        await journal.CatchUpAsync(view, Cancel);

        Assert.Equal(1, counting.Opened - before);
    }

    // In memory first: a directory store waits for the disk with each record.
    private async Task<string> FillAsync()
    {
        var memory = new MemoryStore();
        var id = (await StoreIdentity.InitAsync(memory, TimeProvider.System, Cancel)).Identity.Id;
        var journal = new Journal<PublishState>(memory, TimeProvider.System);
        var view = journal.Start(id);
        for (var n = 1; n <= Records; n++)
        {
            var reference = new SnapshotReference(Some.Snapshot(n % 100), BlobHash.Of([1]), Some.Time, 1);
            (view, _) = await journal.AppendAsync(view, _ => PublishRecords.Staged(SiteId.Parse("s1"), reference, "tests", null), Cancel);
        }

        foreach (var (key, content) in memory.Objects)
        {
            var path = Path.Combine(scratch["store"], key);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, content, Cancel);
        }

        return id;
    }

    private sealed class MemoryStore : ISnapshotStore
    {
        public Dictionary<string, byte[]> Objects { get; } = new(StringComparer.Ordinal);

        public string Location => "memory";

        public TimeSpan? ClockOffset => TimeSpan.Zero;

        public Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken) => Task.FromResult<Stream?>(Objects.TryGetValue(key, out var content) ? new MemoryStream(content) : null);

        public Task<CreateOutcome> CreateAsync(string key, Stream content, CancellationToken cancellationToken)
        {
            using var buffer = new MemoryStream();
            content.CopyTo(buffer);
            return Task.FromResult(Objects.TryAdd(key, buffer.ToArray()) ? CreateOutcome.Created : CreateOutcome.AlreadyExists);
        }

        public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => Objects.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToAsyncEnumerable();
    }
}

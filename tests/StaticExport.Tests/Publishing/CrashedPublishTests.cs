using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Identity;
using EdgeHost.SnapshotStore.Manifests;
using StaticExport.Capturing;
using StaticExport.Publishing;
using Xunit;

namespace StaticExport.Tests.Publishing;

/// <summary>An exporter that dies between any two steps leaves the store readable and the old snapshot active, and the next export goes through.</summary>
public sealed class CrashedPublishTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Leaves_the_old_snapshot_active_whatever_step_is_the_last(bool repeated, bool actsBeforeItDies)
    {
        using var some = new SomeSite();
        var crashes = 0;
        for (var step = 1; ; step++)
        {
            await using var under = new DirectoryUnderTest();
            await StoreIdentity.InitAsync(under.Open(), TimeProvider.System, Cancel);
            SnapshotId? old = null;
            if (repeated)
            {
                old = (await PublishAsync(under.Open(), some.Whole("old"))).Snapshot;
            }

            var dying = new DyingStore(under.Open(), step, actsBeforeItDies);
            try
            {
                var result = await PublishAsync(dying, some.Whole("new"));
                Assert.Equal(PublishOutcome.Activated, result.Outcome);
                Assert.True(crashes > 20, $"only {crashes} steps were cut");
                return;
            }
            catch (DyingStore.DiedException)
            {
                crashes++;
            }

            var after = await PublishingStore.OpenAsync(under.Open(), TimeProvider.System, Cancel);
            var active = after.ActiveOf(Some.Site)?.Snapshot;
            if (!dying.HasAppended)
            {
                Assert.Equal(old, active);
            }
            else
            {
                Assert.NotEqual(old, active);
            }

            await AllIsThereAsync(after);
            Assert.Equal(PublishOutcome.Activated, (await PublishAsync(under.Open(), some.Whole("new"))).Outcome);
        }
    }

    private static async Task<PublishResult> PublishAsync(ISnapshotStore store, CapturedSite site) =>
        await new SnapshotPublisher(await PublishingStore.OpenAsync(store, TimeProvider.System, Cancel)).PublishAsync(site, "tester", null, Cancel);

    private static async Task AllIsThereAsync(PublishingStore publishing)
    {
        var manifest = await ActiveSnapshot.ReadAsync(publishing, Some.Site, Cancel);
        foreach (var body in manifest?.AllBodies() ?? [])
        {
            var content = await publishing.Store.ReadAsync(StoreKeys.Blob(Some.Site, body.Hash), Cancel);
            Assert.Equal(body.Hash, BlobHash.Of(content!));
        }
    }

    /// <summary>Dies at a certain call, before or after it has acted, and answers nothing any more.</summary>
    private sealed class DyingStore(ISnapshotStore inner, int lastCall, bool acts) : ISnapshotStore
    {
        private int calls;

        public bool HasAppended { get; private set; }

        public string Location => inner.Location;

        public TimeSpan? ClockOffset => inner.ClockOffset;

        public async Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken)
        {
            Count();
            return await inner.OpenAsync(key, cancellationToken);
        }

        public async Task<CreateOutcome> CreateAsync(string key, Stream content, CancellationToken cancellationToken)
        {
            var call = Interlocked.Increment(ref calls);
            if (call > lastCall || (call == lastCall && !acts))
            {
                throw new DiedException();
            }

            var outcome = await inner.CreateAsync(key, content, cancellationToken);
            HasAppended |= key.StartsWith("journal/publish/", StringComparison.Ordinal);
            return call == lastCall ? throw new DiedException() : outcome;
        }

        public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken)
        {
            Count();
            return inner.ListAsync(prefix, cancellationToken);
        }

        private void Count()
        {
            if (Interlocked.Increment(ref calls) >= lastCall)
            {
                throw new DiedException();
            }
        }

        public sealed class DiedException : Exception;
    }
}

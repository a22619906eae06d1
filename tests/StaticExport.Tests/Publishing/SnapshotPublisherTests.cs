using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Identity;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Publishing;
using StaticExport.Capturing;
using StaticExport.Publishing;
using Xunit;

namespace StaticExport.Tests.Publishing;

public sealed class SnapshotPublisherTests : IAsyncLifetime
{
    private readonly DirectoryUnderTest under = new();
    private readonly SomeSite some = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await StoreIdentity.InitAsync(under.Open(), TimeProvider.System, Cancel);

    public async ValueTask DisposeAsync()
    {
        some.Dispose();
        await under.DisposeAsync();
    }

    [Fact]
    public async Task Publishes_a_site_that_can_be_read_again()
    {
        var site = some.Whole("hello");
        var result = await PublishAsync(site);
        Assert.Equal(PublishOutcome.Activated, result.Outcome);
        var manifest = (await ActiveAsync())!;
        Assert.Equal((result.Snapshot, Some.Site, 7), (manifest.Snapshot, manifest.Site, result.Entries));
        Assert.Equal(["/", "/b", "/old", "/photo.webp", "/style.css"], manifest.Entries.Select(entry => entry.Key));
        Assert.Equal(["Redirect", "Own"], manifest.Views.Select(view => view.Rule.ToString()));
        Assert.Equal((404, ""), (manifest.NotFound!.Status, manifest.NotFound.Key));
        foreach (var (answer, entry) in site.Answers.OrderBy(answer => answer.Key, StringComparer.Ordinal).Zip(manifest.Entries))
        {
            await SameBytesAsync(answer, entry);
        }
    }

    [Fact]
    public async Task Makes_variants_of_what_compresses_and_of_nothing_else()
    {
        var random = new byte[4000];
        new Random(2).NextBytes(random);
        await PublishAsync(SomeSite.Of(
            some.Answer("/page", "text/html", SomeSite.Page("x")),
            some.Answer("/data", "application/ld+json; charset=utf-8", SomeSite.Page("y")),
            some.Answer("/image", "image/png", SomeSite.Page("z")),
            some.Answer("/noise", "text/plain", random),
            some.Answer("/small", "text/html", "<p>small</p>"),
            some.Answer("/empty", "text/html", "")));
        var codings = (await ActiveAsync())!.Entries.ToDictionary(entry => entry.Key, entry => string.Join(' ', entry.Bodies.Select(body => body.Coding)));
        const string All = "Identity Brotli Zstandard Gzip";
        Assert.Equal(
            new Dictionary<string, string> { ["/data"] = All, ["/empty"] = "Identity", ["/image"] = "Identity", ["/noise"] = "Identity", ["/page"] = All, ["/small"] = "Identity" },
            codings);
    }

    [Fact]
    public async Task A_second_run_uploads_nothing()
    {
        var first = await PublishAsync(some.Whole("hello"));
        var second = await PublishAsync(some.Whole("hello"));
        Assert.Equal((PublishOutcome.Activated, 0, 0L), (second.Outcome, second.BlobsUploaded, second.BytesUploaded));
        Assert.Equal(first.BlobsUploaded, second.BlobsPresent);
        Assert.NotEqual(first.Snapshot, second.Snapshot);
    }

    [Fact]
    public async Task Bytes_that_an_older_snapshot_had_are_made_again_into_the_same_blobs()
    {
        await PublishAsync(some.Whole("hello"));
        await PublishAsync(some.Whole("bye"));
        Assert.Equal(0, (await PublishAsync(some.Whole("hello"))).BlobsUploaded);
    }

    [Fact]
    public async Task Variants_of_unchanged_bytes_are_taken_over_and_not_made_again()
    {
        await PublishAsync(some.Whole("hello"));
        var plan = UploadPlan.For(some.Whole("hello"), await ActiveAsync(), _ => true);
        Assert.All(plan.Bodies.Values, body => Assert.Equal((BodyAction.Present, BodyReason.SameAsActive), (body.Action, body.Reason)));
    }

    [Fact]
    public async Task A_blob_that_the_store_has_lost_is_uploaded_again()
    {
        var site = some.Whole("hello");
        await PublishAsync(site);
        var lost = (await ActiveAsync())!.Entries[0].Bodies[1];
        await under.DeleteAsync(StoreKeys.Blob(Some.Site, lost.Hash));
        var result = await PublishAsync(site);
        Assert.Equal(1, result.BlobsUploaded);
        Assert.True(await under.Open().ExistsAsync(StoreKeys.Blob(Some.Site, lost.Hash), Cancel));
    }

    [Fact]
    public async Task What_differs_only_in_volatile_parts_stays_the_earlier_entry()
    {
        await PublishAsync(SomeSite.Of(some.Answer("/", "text/html", SomeSite.Page("at noon"))));
        var earlier = (await ActiveAsync())!.Entries[0];
        var fresh = some.Answer("/", "text/html", SomeSite.Page("at one"), kept: earlier) with { CapturedAt = Some.Time.AddHours(1), LastModified = Some.Time.AddHours(1) };
        var result = await PublishAsync(SomeSite.Of(fresh));
        Assert.Equal(0, result.BlobsUploaded);
        var entry = (await ActiveAsync())!.Entries[0];
        Assert.Equal((Some.Time, null, earlier.Bodies[0].Hash), (entry.CapturedAt, entry.LastModified, entry.Bodies[0].Hash));
    }

    [Fact]
    public async Task A_kept_entry_whose_blob_is_lost_is_taken_from_the_fresh_answer()
    {
        await PublishAsync(SomeSite.Of(some.Answer("/", "text/html", SomeSite.Page("at noon"))));
        var earlier = (await ActiveAsync())!.Entries[0];
        await under.DeleteAsync(StoreKeys.Blob(Some.Site, earlier.Bodies[2].Hash));
        var fresh = some.Answer("/", "text/html", SomeSite.Page("at one"), kept: earlier);
        await PublishAsync(SomeSite.Of(fresh));
        await SameBytesAsync(fresh, (await ActiveAsync())!.Entries[0]);
    }

    [Fact]
    public async Task An_export_of_a_pinned_site_is_only_staged()
    {
        var first = await PublishAsync(some.Whole("first"));
        var opened = await OpenAsync();
        await opened.Journal.AppendAsync(
            opened.View, state => PublishRecords.Activated(Some.Site, state.Of(Some.Site).Active!, first.Snapshot, pin: true, "operator", "hold"), Cancel);
        var second = await PublishAsync(some.Whole("second"));
        Assert.Equal(PublishOutcome.Staged, second.Outcome);
        Assert.Contains("pinned", second.Detail, StringComparison.Ordinal);
        var site = (await OpenAsync()).View.State.Of(Some.Site);
        Assert.Equal((first.Snapshot, second.Snapshot, ExportOutcome.Staged), (site.Active!.Snapshot, site.Published[0].Snapshot, site.LastExport!.Outcome));
    }

    [Fact]
    public async Task A_slow_export_does_not_undo_a_newer_one()
    {
        var slow = await OpenAsync();
        var quick = await PublishAsync(some.Whole("quick"));
        var result = await new SnapshotPublisher(slow).PublishAsync(some.Whole("slow"), "tester", null, Cancel);
        Assert.Equal(PublishOutcome.Conflict, result.Outcome);
        Assert.Equal(quick.Snapshot, (await ActiveAsync())!.Snapshot);
    }

    [Fact]
    public async Task Works_without_the_list_permission()
    {
        await PublishAsync(some.Whole("hello"));
        var store = new WatchedStore(under.Open()) { Listing = _ => throw new StoreException(StoreFailure.Denied, "no list") };
        var result = await PublishAsync(some.Whole("hello"), store);
        Assert.Equal((PublishOutcome.Activated, 0), (result.Outcome, result.BlobsUploaded));
    }

    [Fact]
    public async Task A_captured_body_that_has_changed_on_disk_is_not_published()
    {
        var first = await PublishAsync(some.Whole("first"));
        var site = some.Whole("second");
        await File.AppendAllTextAsync(site.Answers[0].Body!.File, "!", Cancel);
        await Assert.ThrowsAsync<IOException>(() => PublishAsync(site));
        Assert.Equal(first.Snapshot, (await ActiveAsync())!.Snapshot);
    }

    [Fact]
    public async Task A_blob_that_vanishes_after_its_upload_is_noticed()
    {
        var first = await PublishAsync(some.Whole("first"));
        var store = new WatchedStore(under.Open())
        {
            Creating = key =>
            {
                if (key.Contains("/snapshots/", StringComparison.Ordinal))
                {
                    var blob = Directory.GetFiles(Path.Combine(under.Root, "sites/nova/blobs"), "*", SearchOption.AllDirectories).MaxBy(File.GetCreationTimeUtc)!;
                    File.Delete(blob);
                }

                return null;
            },
        };
        var exception = await Assert.ThrowsAsync<StoreException>(() => PublishAsync(some.Whole("second"), store));
        Assert.Contains("Nothing was activated", exception.Message, StringComparison.Ordinal);
        Assert.Equal(first.Snapshot, (await OpenAsync()).ActiveOf(Some.Site)!.Snapshot);
    }

    [Fact]
    public async Task An_active_manifest_that_can_not_be_read_does_not_keep_the_next_from_being_published()
    {
        var first = await PublishAsync(some.Whole("first"));
        await under.OverwriteAsync(StoreKeys.Manifest(Some.Site, first.Snapshot), [1, 2, 3]);
        Assert.Null(await ActiveAsync());
        Assert.Equal(PublishOutcome.Activated, (await PublishAsync(some.Whole("first"))).Outcome);
        Assert.NotNull(await ActiveAsync());
    }

    [Fact]
    public async Task A_store_that_is_often_unreachable_gets_the_snapshot_in_the_end()
    {
        var tries = new ConcurrentDictionary<string, int>();
        var store = new LossyStore(under.Open(), key => tries.AddOrUpdate(key, 1, (_, before) => before + 1) < 3, () => { });
        Assert.Equal(PublishOutcome.Activated, (await PublishAsync(some.Whole("hello"), store)).Outcome);
    }

    private async Task<PublishingStore> OpenAsync(ISnapshotStore? store = null) => await PublishingStore.OpenAsync(store ?? under.Open(), TimeProvider.System, Cancel);

    private async Task<PublishResult> PublishAsync(CapturedSite site, ISnapshotStore? store = null) =>
        await new SnapshotPublisher(await OpenAsync(store)).PublishAsync(site, "tester", "a test", Cancel);

    private async Task<SnapshotManifest?> ActiveAsync() => await ActiveSnapshot.ReadAsync(await OpenAsync(), Some.Site, Cancel);

    private async Task SameBytesAsync(CapturedAnswer answer, ManifestEntry entry)
    {
        if (answer.Body is null)
        {
            Assert.Empty(entry.Bodies);
            return;
        }

        var expected = await File.ReadAllBytesAsync(answer.Body.File, Cancel);
        foreach (var body in entry.Bodies)
        {
            var stored = (await under.Open().ReadAsync(StoreKeys.Blob(Some.Site, body.Hash), Cancel))!;
            Assert.Equal((body.Hash, body.Length), (BlobHash.Of(stored), stored.Length));
            Assert.Equal(expected, Decode(body.Coding, stored));
        }
    }

    private static byte[] Decode(ContentCoding coding, byte[] stored)
    {
        if (coding == ContentCoding.Zstandard)
        {
            using var decompressor = new ZstdSharp.Decompressor();
            return decompressor.Unwrap(stored).ToArray();
        }

        using Stream decoded = coding switch
        {
            ContentCoding.Brotli => new BrotliStream(new MemoryStream(stored), CompressionMode.Decompress),
            ContentCoding.Gzip => new GZipStream(new MemoryStream(stored), CompressionMode.Decompress),
            _ => new MemoryStream(stored),
        };
        using var content = new MemoryStream();
        decoded.CopyTo(content);
        return content.ToArray();
    }
}

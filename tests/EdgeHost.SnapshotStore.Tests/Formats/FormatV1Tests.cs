using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Directories;
using EdgeHost.SnapshotStore.Identity;
using EdgeHost.SnapshotStore.Journals;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Operating;
using EdgeHost.SnapshotStore.Publishing;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.SnapshotStore.Tests.Formats;

/// <summary>Whatever version 1 has written is read for ever, and as long as the format is 1 it is what is written.</summary>
public sealed class FormatV1Tests
{
    private static readonly string Directory = Path.Combine(AppContext.BaseDirectory, "Formats", "v1");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Records =>
    [
        .. FormatV1.PublishRecordsInOrder.Select(one => ("publish", one.Name)),
        .. FormatV1.OpsRecordsInOrder.Concat(FormatV1.LaterOpsRecordsInOrder).Concat(FormatV1.LatestOpsRecordsInOrder).Select(one => ("ops", one.Name)),
    ];

    [Fact]
    public async Task A_store_of_version_1_is_read_as_a_whole()
    {
        var root = Path.Combine(Path.GetTempPath(), $"edgehost-v1-{Guid.NewGuid():N}");
        try
        {
            Lay(root, StoreKeys.Identity, "store.json");
            LayRecords(root, "publish", FormatV1.PublishRecordsInOrder);
            LayRecords(root, "ops", FormatV1.OpsRecordsInOrder);
            Lay(root, StoreKeys.Manifest(Some.Site, Some.Snapshot(1)), "manifest.json.gz");
            var store = new DirectorySnapshotStore(root);
            var identity = await StoreIdentity.ReadAsync(store, Cancel);
            Assert.Equal((FormatV1.Store, Some.Time, 1), (identity.Id, identity.CreatedAt, identity.Format));

            var published = await new Journal<PublishState>(store, TimeProvider.System).OpenAsync(identity.Id, Cancel);
            Assert.Equal((6, false, null), (published.Head.Number, published.Skipped, published.Blocked));
            var site = published.State.Of(Some.Site);
            Assert.Equal((Some.Snapshot(1), false, ExportOutcome.Failed), (site.Active!.Snapshot, site.Pinned, site.LastExport!.Outcome));
            Assert.Equal([Some.Snapshot(3), Some.Snapshot(1), Some.Snapshot(2)], site.Published.Select(one => one.Snapshot));

            var ops = await new Journal<OpsState>(store, TimeProvider.System).OpenAsync(identity.Id, Cancel);
            Assert.Equal((3, false, null), (ops.Head.Number, ops.Skipped, ops.Blocked));
            var held = Assert.Single(ops.State.Held(Some.Time)).Override;
            Assert.Equal((OperatorMode.Snapshot, "drill", Some.Time.AddHours(2)), (held.Mode, held.Reason, held.ExpiresAt!.Value));
            Assert.Equal("site:nova", ops.State.Held(Some.Time).Single().Scope.ToString());
        }
        finally
        {
            System.IO.Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public void A_manifest_of_version_1_is_read()
    {
        var manifest = ManifestFile.Read(Read("manifest.json.gz"));
        Assert.Equal((Some.Site, Some.Snapshot(1), "https", "www.example.org"), (manifest.Site, manifest.Snapshot, manifest.Scheme, manifest.Host.ToString()));
        Assert.Equal(["/", "/old", "/style.css?v=2"], manifest.Entries.Select(entry => entry.Key));
        Assert.Equal([ContentCoding.Identity, ContentCoding.Brotli], manifest.Entries[0].Bodies.Select(body => body.Coding));
        Assert.Equal(("DENY", Some.Time, "/"), (manifest.Entries[0].Headers["x-frame-options"], manifest.Entries[0].LastModified!.Value, manifest.Entries[1].Location));
        Assert.Equal([HostRule.Redirect, HostRule.Own, HostRule.Same], manifest.Views.Select(view => view.Rule));
        Assert.Equal(404, manifest.NotFound!.Status);
        Assert.Equal("a=1", manifest.Query.Normalise("utm_source=x&a=1"));
        Assert.Equal(5, manifest.AllBodies().Count());
    }

    [Fact]
    public void Checkpoints_of_version_1_are_read()
    {
        Assert.Equal(FormatV1.Text(FormatV1.PublishView), FormatV1.Text(Checkpoint.TryRead<PublishState>(Read("publish.checkpoint.json"))!));
        Assert.Equal(FormatV1.Text(FormatV1.OpsView), FormatV1.Text(Checkpoint.TryRead<OpsState>(Read("ops.checkpoint.json"))!));
        Assert.Equal(FormatV1.Text(FormatV1.LaterOpsView), FormatV1.Text(Checkpoint.TryRead<OpsState>(Read("ops.later.checkpoint.json"))!));
        Assert.Equal(FormatV1.Text(FormatV1.LatestOpsView), FormatV1.Text(Checkpoint.TryRead<OpsState>(Read("ops.latest.checkpoint.json"))!));
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void Records_are_written_as_version_1_has_them(string journal, string name)
    {
        var record = (journal == "publish" ? FormatV1.PublishRecordsInOrder : FormatV1.OpsRecordsInOrder.Concat(FormatV1.LaterOpsRecordsInOrder).Concat(FormatV1.LatestOpsRecordsInOrder)).Single(one => one.Name == name).Record;
        Assert.Equal(Text($"{journal}.{name}.json"), Encoding.UTF8.GetString(RecordFile.Write(record)));
    }

    [Fact]
    public void The_rest_is_written_as_version_1_has_it()
    {
        Assert.Equal(Text("store.json"), FormatV1.Json(FormatV1.Identity));
        Assert.Equal(Text("publish.checkpoint.json"), FormatV1.Text(FormatV1.PublishView));
        Assert.Equal(Text("ops.checkpoint.json"), FormatV1.Text(FormatV1.OpsView));
        Assert.Equal(Text("ops.later.checkpoint.json"), FormatV1.Text(FormatV1.LaterOpsView));
        Assert.Equal(Text("ops.latest.checkpoint.json"), FormatV1.Text(FormatV1.LatestOpsView));
        // Compressors may change their bytes, not what is in them.
        Assert.Equal(Unpack(Read("manifest.json.gz")), Unpack(ManifestFile.Write(FormatV1.Manifest)));
    }

    private static void LayRecords(string root, string journal, IReadOnlyList<(string Name, JournalRecord Record)> records)
    {
        foreach (var (name, record) in records)
        {
            Lay(root, StoreKeys.Record(journal, record.Number), $"{journal}.{name}.json");
        }
    }

    private static void Lay(string root, string key, string file)
    {
        var path = Path.Combine(root, key);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Copy(Path.Combine(Directory, file), path);
    }

    private static byte[] Read(string file) => File.ReadAllBytes(Path.Combine(Directory, file));

    private static string Text(string file) => Encoding.UTF8.GetString(Read(file));

    private static string Unpack(byte[] stored)
    {
        using var gzip = new StreamReader(new GZipStream(new MemoryStream(stored), CompressionMode.Decompress));
        return gzip.ReadToEnd();
    }
}

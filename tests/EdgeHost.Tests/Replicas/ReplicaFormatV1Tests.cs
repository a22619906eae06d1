using EdgeHost.Replicas;
using EdgeHost.SnapshotStore.Operating;
using EdgeHost.SnapshotStore.Publishing;
using EdgeHost.SnapshotStore.Sites;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeHost.Tests.Replicas;

/// <summary>An edge that is replaced by a newer one goes on from what the older one kept. The files under v1 are never changed.</summary>
public sealed class ReplicaFormatV1Tests : IDisposable
{
    private static readonly string Fixtures = Path.Combine(AppContext.BaseDirectory, "Replicas", "v1");

    private readonly Scratch scratch = new();
    private readonly ReplicaLayout old;
    private readonly ReplicaLayout fresh;

    public ReplicaFormatV1Tests()
    {
        old = new ReplicaLayout(scratch["old"]);
        fresh = new ReplicaLayout(scratch["fresh"]);
        Lay("state.json", old.State);
        Lay("serving.json", old.Serving(Some.SiteId));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task A_state_of_version_1_is_read()
    {
        var state = (await FilesOf(old).ReadStateAsync(Cancel))!;

        Assert.Equal(("5f0c9c0f3f7c4d2e8a1b6c5d4e3f2a10", 6, 3), (state.Store, state.PublishHead.Number, state.OpsHead.Number));
        Assert.All([state.PublishHead, state.OpsHead], head => Assert.Equal((state.Store, 64), (head.Store, head.Hash.Length)));
        var (publish, ops) = (state.PublishView(), state.OpsView());
        Assert.Equal((false, true), (publish.Skipped, ops.Skipped));
        var site = publish.State.Of(Some.SiteId);
        Assert.Equal((Some.SnapshotId(1), 3, false, ExportOutcome.Failed), (site.Active!.Snapshot, site.Active.Entries, site.Pinned, site.LastExport!.Outcome));
        Assert.Equal([Some.SnapshotId(3), Some.SnapshotId(1), Some.SnapshotId(2)], site.Published.Select(one => one.Snapshot));
        Assert.Equal([Some.SnapshotId(2)], site.Retired.Select(one => one.Reference.Snapshot));
        var (scope, held, _) = Assert.Single(ops.State.Held(Some.Time));
        Assert.Equal((OperatorMode.Snapshot, "drill", Some.Time.AddHours(2)), (held.Mode, held.Reason, held.ExpiresAt!.Value));
        Assert.Equal(OverrideScope.Of(Some.SiteId), scope);
    }

    [Fact]
    public async Task What_a_newer_version_wrote_is_as_good_as_none()
    {
        foreach (var path in new[] { old.State, old.Serving(Some.SiteId) })
        {
            var text = await File.ReadAllTextAsync(path, Cancel);
            await File.WriteAllTextAsync(path, text.Replace("\"format\":1", "\"format\":2", StringComparison.Ordinal), Cancel);
            Assert.NotEqual(text, await File.ReadAllTextAsync(path, Cancel));
        }

        Assert.Null(await FilesOf(old).ReadStateAsync(Cancel));
        Assert.Null(FilesOf(old).ReadServing(Some.SiteId));
    }

    [Fact]
    public async Task A_state_is_written_as_version_1_has_it()
    {
        var state = (await FilesOf(old).ReadStateAsync(Cancel))!;

        Assert.True(await FilesOf(fresh).TryWriteStateAsync(ReplicaState.Of(state.Store, state.PublishView(), state.OpsView()), Cancel));

        await SameAsync("state.json", fresh.State);
    }

    [Fact]
    public async Task A_served_snapshot_of_version_1_is_read_and_written_as_it_has_it()
    {
        var served = FilesOf(old).ReadServing(Some.SiteId)!;
        var reference = served.Reference;
        Assert.Equal((Some.SnapshotId(1), Some.Time.AddMinutes(1), 3), (reference.Snapshot, reference.CapturedAt, reference.Entries));
        Assert.Equal((3, 0), (served.Answers, served.Missing.Count));
        Assert.Equal("4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a", reference.Manifest.Text);

        Assert.True(await FilesOf(fresh).TryWriteServingAsync(Some.SiteId, served, Cancel));

        await SameAsync("serving.json", fresh.Serving(Some.SiteId));
    }

    private static ReplicaFiles FilesOf(ReplicaLayout layout) => new(layout, NullLogger<ReplicaFiles>.Instance);

    private static void Lay(string fixture, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Copy(Path.Combine(Fixtures, fixture), path);
    }

    private static async Task SameAsync(string fixture, string path) =>
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(Fixtures, fixture), Cancel), await File.ReadAllTextAsync(path, Cancel));
}

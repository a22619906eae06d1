using EdgeHost.Replicas;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Publishing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeHost.Tests.Replicas;

public sealed class IndexFilesTests : IDisposable
{
    private static readonly SnapshotManifest Manifest = Some.Draft().Manifest;
    private static readonly SnapshotReference Reference = Some.Reference(Manifest);

    private readonly Scratch scratch = new();
    private readonly ReplicaLayout layout;
    private readonly IndexFiles files;
    private readonly string index;
    private readonly string manifest;

    public IndexFilesTests()
    {
        layout = new ReplicaLayout(scratch["data"]);
        files = new IndexFiles(layout, NullLogger<IndexFiles>.Instance);
        (index, manifest) = (layout.Index(Some.SiteId, Reference.Manifest), layout.Manifest(Some.SiteId, Reference.Manifest));
        Directory.CreateDirectory(Path.GetDirectoryName(manifest)!);
    }

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void An_index_that_was_written_is_read_without_the_manifest()
    {
        Assert.False(files.Has(Some.SiteId, Reference));
        files.Write(Some.SiteId, Reference, Manifest);

        Assert.True(files.Has(Some.SiteId, Reference));
        Assert.Equal(Manifest.Entries.Length, files.Read(Some.SiteId, Reference)!.Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("cut")]
    [InlineData("changed")]
    public void One_that_is_absent_or_damaged_is_made_anew_of_the_manifest(string? damage)
    {
        // As an edge leaves it that knew of no indexes.
        File.WriteAllBytes(manifest, ManifestFile.Write(Manifest));
        Assert.True(files.Has(Some.SiteId, Reference));
        if (damage is not null)
        {
            files.Write(Some.SiteId, Reference, Manifest);
            var bytes = File.ReadAllBytes(index);
            bytes[^1] ^= 1;
            File.WriteAllBytes(index, damage == "cut" ? bytes[..100] : bytes);
        }

        Assert.Equal(Manifest.Entries.Length, files.Read(Some.SiteId, Reference)!.Count);

        File.Delete(manifest);
        Assert.NotNull(files.Read(Some.SiteId, Reference));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Without_a_sound_manifest_there_is_none(bool hasManifest)
    {
        if (hasManifest)
        {
            File.WriteAllBytes(manifest, ManifestFile.Write(Manifest with { Scheme = "https" }));
        }

        Assert.Null(files.Read(Some.SiteId, Reference));
        Assert.False(File.Exists(index));
    }

    [Fact]
    public void A_disk_that_takes_none_costs_nothing_but_time()
    {
        File.WriteAllBytes(manifest, ManifestFile.Write(Manifest));
        File.WriteAllText(layout.Indexes(Some.SiteId.ToString()), "a file where a directory is to be");

        Assert.NotNull(files.Read(Some.SiteId, Reference));
        Assert.NotNull(files.Read(Some.SiteId, Reference));
    }

    [Fact]
    public void Those_of_other_manifests_are_removed()
    {
        var other = Reference with { Manifest = BlobHash.Of([1]) };
        files.Write(Some.SiteId, Reference, Manifest);
        files.Write(Some.SiteId, other, Manifest);

        files.Keep(Some.SiteId, new HashSet<BlobHash> { Reference.Manifest });

        Assert.True(files.Has(Some.SiteId, Reference));
        Assert.False(files.Has(Some.SiteId, other));
    }
}

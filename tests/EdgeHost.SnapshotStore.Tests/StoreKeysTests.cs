using CsCheck;
using EdgeHost.SnapshotStore.Blobs;

namespace EdgeHost.SnapshotStore.Tests;

public sealed class StoreKeysTests
{
    [Fact]
    public void Every_key_of_the_layout_is_a_key()
    {
        string[] keys =
        [
            StoreKeys.Identity, StoreKeys.CreateCheck, StoreKeys.Blob(Some.Site, BlobHash.Of([1])), StoreKeys.Manifest(Some.Site, Some.Snapshot(1)),
            StoreKeys.Record("publish", 1), StoreKeys.Record("ops", 999_999_999_999), StoreKeys.Checkpoint("ops", 64),
        ];
        Assert.All(keys, key => Assert.True(StoreKeys.IsKey(key), key));
    }

    [Fact]
    public void The_newest_checkpoint_is_listed_first() =>
        Assert.True(string.CompareOrdinal(StoreKeys.Checkpoint("ops", 128), StoreKeys.Checkpoint("ops", 64)) < 0);

    [Theory]
    [InlineData("journal/ops/000000000012", 12L)]
    [InlineData("journal/ops/12", null)]
    [InlineData("journal/publish/000000000012", null)]
    [InlineData("journal/ops/checkpoints/000000000012", null)]
    public void Knows_a_record_by_its_key(string key, long? expected) => Assert.Equal(expected, StoreKeys.RecordNumber("ops", key));

    [Fact]
    public void A_key_never_leaves_the_root() => Gen.String.Sample(text =>
        !StoreKeys.IsKey(text) || Path.GetFullPath(Path.Combine("/root", text)).StartsWith("/root/", StringComparison.Ordinal), iter: 20_000);
}

using EdgeHost.SnapshotStore.Tests.Contract;

namespace EdgeHost.SnapshotStore.Tests.S3;

public sealed class S3JournalTests : JournalContract
{
    protected override async Task<StoreUnderTest> CreateAsync() => await S3UnderTest.CreateAsync();
}

using EdgeHost.SnapshotStore.Tests.Contract;

namespace EdgeHost.SnapshotStore.Tests.Directories;

public sealed class DirectoryJournalTests : JournalContract
{
    protected override Task<StoreUnderTest> CreateAsync() => Task.FromResult<StoreUnderTest>(new DirectoryUnderTest());
}

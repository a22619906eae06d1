using EdgeHost.SnapshotStore.Journals;
using EdgeHost.SnapshotStore.Operating;
using EdgeHost.SnapshotStore.Publishing;

namespace EdgeHost.Following;

/// <summary>Both journals of one store as far as they were read.</summary>
internal sealed record JournalPair(string Store, JournalView<PublishState> Publish, JournalView<OpsState> Ops);

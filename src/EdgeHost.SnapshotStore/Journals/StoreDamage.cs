namespace EdgeHost.SnapshotStore.Journals;

internal static class StoreDamage
{
    public static StoreException Damaged(this ISnapshotStore store, string what) => new(
        StoreFailure.Damaged,
        $"The store {store.Location} is not what it was: {what}. Nothing is read from it or written to it until a person has looked. "
        + "If it was emptied or replaced on purpose, accept it explicitly; if not, restore it.");
}

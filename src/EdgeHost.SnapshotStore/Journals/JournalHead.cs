namespace EdgeHost.SnapshotStore.Journals;

/// <summary>How far a journal has been followed. Kept on disk, it proves later whether the store still is what it was.</summary>
/// <param name="Store">The store's id.</param>
/// <param name="Number">The number of the last record that was read; 0 before the first.</param>
/// <param name="Hash">The SHA-256 of that record's stored bytes; the store's id before the first.</param>
public sealed record JournalHead(string Store, long Number, string Hash)
{
    public static JournalHead Start(string store) => new(store, 0, store);
}

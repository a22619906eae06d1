namespace EdgeHost.SnapshotStore;

/// <summary>
/// The few things EdgeHost asks of a store, so that a directory and any S3-compatible service can give all of them.
/// Every object is immutable once created; nothing is ever overwritten or deleted through this interface.
/// </summary>
/// <remarks>
/// Keys are relative to the store's root, made of <c>[a-z0-9.-]</c> segments joined by <c>/</c> (see <see cref="StoreKeys"/>).
/// Every method throws <see cref="StoreException"/> when the store can't answer; its <see cref="StoreException.Failure"/> says whose fault that is.
/// </remarks>
public interface ISnapshotStore
{
    /// <summary>Where the store is, for messages to people. Never holds a credential.</summary>
    string Location { get; }

    /// <summary>The store's clock minus ours as of its last answer; null while unknown. A directory shares our clock: zero.</summary>
    TimeSpan? ClockOffset { get; }

    /// <summary>Opens an object for reading, or answers null when there is no such object.</summary>
    Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken);

    /// <summary>
    /// Creates an object unless one of that name exists: atomic among all writers. <paramref name="content"/> must be seekable and is read from its start.
    /// A <see cref="StoreFailure.Unreachable"/> failure leaves open whether the object was created: read it to know.
    /// </summary>
    Task<CreateOutcome> CreateAsync(string key, Stream content, CancellationToken cancellationToken);

    /// <summary>Lists the keys that start with <paramref name="prefix"/>, in ordinal order.</summary>
    IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken);
}

namespace EdgeHost.SnapshotStore.Journals;

/// <summary>A journal as far as it was read: an immutable value that <see cref="Journal{TState}"/> moves on.</summary>
/// <param name="Head">The last record that is part of <paramref name="State"/>.</param>
/// <param name="State">What the records add up to.</param>
/// <param name="Skipped">Whether a record was passed over that this version does not know. Such a view writes no checkpoint.</param>
/// <param name="Blocked">Why reading has stopped before the journal's end: a required record of a newer version. Null while it goes on.</param>
public sealed record JournalView<TState>(JournalHead Head, TState State, bool Skipped, string? Blocked)
    where TState : class, IJournalState<TState>;

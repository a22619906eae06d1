using System.Text.Json.Serialization.Metadata;

namespace EdgeHost.SnapshotStore.Journals;

/// <summary>What the records of one journal add up to. Pure: the same records give the same state everywhere.</summary>
public interface IJournalState<TSelf>
    where TSelf : class, IJournalState<TSelf>
{
    /// <summary>The journal's name in the store: <c>publish</c> or <c>ops</c>.</summary>
    static abstract string Journal { get; }

    /// <summary>The state before the first record.</summary>
    static abstract TSelf Empty { get; }

    /// <summary>How a checkpoint holds it.</summary>
    static abstract JsonTypeInfo<TSelf> Json { get; }

    /// <summary>The state after a record, or null when the record's type or its data are not known to this version.</summary>
    TSelf? Apply(JournalRecord record);
}

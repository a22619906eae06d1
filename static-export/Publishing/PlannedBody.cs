using System.Collections.Immutable;
using EdgeHost.SnapshotStore.Manifests;
using StaticExport.Capturing;

namespace StaticExport.Publishing;

internal enum BodyAction
{
    /// <summary>Its variants are made, and what the store lacks of them is uploaded.</summary>
    New,

    /// <summary>The active snapshot has the same bytes, and all its blobs are there: nothing is made and nothing is uploaded.</summary>
    Present,
}

internal enum BodyReason
{
    /// <summary>The active snapshot has no such bytes.</summary>
    FirstSeen,

    /// <summary>The same bytes, which had a type that is not compressed before.</summary>
    NowCompresses,

    /// <summary>The active snapshot has the same bytes, and the store has lost a blob of them.</summary>
    BlobMissing,

    /// <summary>The active snapshot has the same bytes.</summary>
    SameAsActive,
}

/// <param name="Body">The captured bytes.</param>
/// <param name="Action">What is to be done.</param>
/// <param name="Reason">Why.</param>
/// <param name="Compresses">Whether variants are worth a try.</param>
/// <param name="Stored">For <see cref="BodyAction.Present"/>: what is in the store.</param>
internal sealed record PlannedBody(SpooledBody Body, BodyAction Action, BodyReason Reason, bool Compresses, ImmutableArray<StoredBody> Stored);

using EdgeHost.Decisions;
using Microsoft.Extensions.Primitives;

namespace EdgeHost.Snapshots;

/// <summary>What is to be answered from a snapshot, and how the answer is marked.</summary>
/// <param name="Context">The request, and where the answer goes.</param>
/// <param name="Found">What the snapshot has.</param>
/// <param name="Reason">Why the snapshot answers.</param>
/// <param name="CacheControl">How long browsers may keep it.</param>
/// <param name="DecisionHeader">Whether the answer says how it was made.</param>
/// <param name="Scope">Where the mode was set that decided; null where no operator did.</param>
internal readonly record struct SnapshotAnswer(HttpContext Context, FoundEntry Found, DecisionReason Reason, StringValues CacheControl, bool DecisionHeader, string? Scope)
{
    public SnapshotEntry Entry => Found.Entry;

    public bool IsGet => HttpMethods.IsGet(Context.Request.Method);

    /// <summary>Whether a part may be asked for.</summary>
    public bool WantsRange => Entry.Status == StatusCodes.Status200OK && Context.Request.Headers.Range.Count == 1 && IsGet;
}

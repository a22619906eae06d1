using EdgeHost.Decisions;
using EdgeHost.SnapshotStore.Publishing;
using Microsoft.Extensions.Primitives;

namespace EdgeHost.Snapshots;

/// <summary>What answers and logs say of a snapshot, without what it holds.</summary>
internal sealed class SnapshotLabel(SnapshotReference reference)
{
    private static readonly int Reasons = Enum.GetValues<DecisionReason>().Length;

    // What was last said for each reason, made when it is first said: most sites of an edge wait for a day that never comes, and an operator's override holds for many requests.
    private Said?[]? said;

    public SnapshotReference Reference => reference;

    /// <summary>The snapshot's id, as logs and headers have it.</summary>
    public string Id { get; } = reference.Snapshot.ToString();

    /// <summary>The value of <c>EdgeHost-Decision</c>, ready to be sent.</summary>
    /// <param name="reason">Why the snapshot answers.</param>
    /// <param name="scope">Where the mode was set that decided; null where no operator did.</param>
    public StringValues DecisionHeader(DecisionReason reason, string? scope)
    {
        var made = said ??= new Said?[Reasons];
        if (made[(int)reason] is not { } last || !ReferenceEquals(last.Scope, scope))
        {
            var text = $"snapshot; reason={reason.Name()}; snapshot={reference.Snapshot}; captured={reference.CapturedAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}";
            made[(int)reason] = last = new Said(scope, scope is null ? text : $"{text}; scope={scope}");
        }

        return last.Value;
    }

    private sealed record Said(string? Scope, StringValues Value);
}

using System.Collections.Immutable;
using EdgeHost.Decisions;
using EdgeHost.SnapshotStore.Publishing;
using Microsoft.Extensions.Primitives;

namespace EdgeHost.Snapshots;

/// <summary>What answers and logs say of a snapshot, without what it holds.</summary>
internal sealed class SnapshotLabel(SnapshotReference reference)
{
    private readonly ImmutableArray<StringValues> decisionHeaders = [.. Enum.GetValues<DecisionReason>().Select(reason =>
        new StringValues($"snapshot; reason={reason.Name()}; snapshot={reference.Snapshot}; captured={reference.CapturedAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}"))];

    // What was last said with a scope, for each reason: an operator's override holds for many requests.
    private readonly Scoped?[] scoped = new Scoped?[Enum.GetValues<DecisionReason>().Length];

    public SnapshotReference Reference => reference;

    /// <summary>The snapshot's id, as logs and headers have it.</summary>
    public string Id { get; } = reference.Snapshot.ToString();

    /// <summary>The value of <c>EdgeHost-Decision</c>, ready to be sent.</summary>
    /// <param name="reason">Why the snapshot answers.</param>
    /// <param name="scope">Where the mode was set that decided; null where no operator did.</param>
    public StringValues DecisionHeader(DecisionReason reason, string? scope)
    {
        var value = decisionHeaders[(int)reason];
        if (scope is null)
        {
            return value;
        }

        if (scoped[(int)reason] is not { } last || !ReferenceEquals(last.Scope, scope))
        {
            scoped[(int)reason] = last = new Scoped(scope, $"{value}; scope={scope}");
        }

        return last.Value;
    }

    private sealed record Scoped(string Scope, StringValues Value);
}

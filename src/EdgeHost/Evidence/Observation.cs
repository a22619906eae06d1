using EdgeHost.Health;
using EdgeHost.Snapshots;

namespace EdgeHost.Evidence;

/// <summary>What one request met at the origin, or what the edge met that asked on its own account.</summary>
internal readonly record struct Observation
{
    /// <summary>What was wrong; none when it was answered well.</summary>
    public required OriginFailure Failure { get; init; }

    /// <summary>What was asked for, where the snapshot holds it: nothing else tells anything about a site, as it may never have been well.</summary>
    public required EvidenceKind? Covered { get; init; }

    /// <summary>Whether its status was the snapshot's.</summary>
    public required bool IsAsExported { get; init; }

    public required PageAddress Page { get; init; }

    /// <inheritdoc cref="HealthEvidence"/>
    public required int Visitor { get; init; }

    /// <summary>When it was sent (<see cref="TimeProvider.GetTimestamp"/>).</summary>
    public required long StartedAt { get; init; }
}

using System.Text.Json.Serialization;

namespace EdgeHost.ControlContracts;

/// <summary>The body of <c>PUT /api/v1/overrides/{all|origins/{name}|groups/{name}|sites/{id}|sites/{id}/paths?prefix=…}</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public record OverrideRequest
{
    /// <summary><c>auto</c>, <c>live</c>, <c>snapshot</c> or <c>maintenance</c>. Required.</summary>
    public string? Mode { get; init; }

    /// <summary>Why; the journal keeps it. Required, 1 to 500 characters.</summary>
    public string? Reason { get; init; }

    /// <summary>Who; the journal keeps it. Required, 1 to 200 characters.</summary>
    public string? Actor { get; init; }

    /// <summary>When the override ends by itself. Default: in 4 hours.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whether it ends only when somebody ends it. Default: no.</summary>
    public bool? UntilRemoved { get; init; }

    /// <summary>Whether it is for this edge alone. It needs no store, and is put into the journal when the store is there. Default: no.</summary>
    public bool? Local { get; init; }

    /// <summary>For a change to all sites: <c>all</c>, written out.</summary>
    public string? Confirm { get; init; }

    /// <summary>Rules that may not refuse this change, such as <c>snapshot-stale</c>; the journal keeps which of them would have.</summary>
    public IReadOnlyList<string>? OverrideRules { get; init; }
}

/// <summary>The answer to a change: what holds now, and how to take it back.</summary>
/// <param name="Scope"><c>all</c>, <c>origin:{name}</c>, <c>group:{name}</c>, <c>site:{id}</c> or <c>site:{id}/path</c>.</param>
/// <param name="Mode">The mode that is set there now; null: none.</param>
/// <param name="ExpiresAt">When it ends by itself; null: when somebody ends it.</param>
/// <param name="Number">The number of the record in the journal <c>ops</c>; null: it is for this edge alone, and the journal is told when the store is there.</param>
/// <param name="Before">The mode that was set there before; null: none.</param>
/// <param name="Undo">The request that takes it back.</param>
public sealed record OverrideResponse(string Scope, string? Mode, DateTimeOffset? ExpiresAt, long? Number, string? Before, string Undo)
{
    /// <summary>Whether it is for this edge alone.</summary>
    public bool? Local { get; init; }

    /// <summary>What an operator should know besides; null when there is nothing.</summary>
    public string? Warning { get; init; }

    /// <summary>When the mode that was set before would have ended; null: none was, or when somebody ends it.</summary>
    public DateTimeOffset? BeforeExpiresAt { get; init; }

    /// <summary>The rules that would have refused it; null when none would.</summary>
    public IReadOnlyList<string>? OverriddenRules { get; init; }
}

/// <summary>An override that is set.</summary>
public sealed record OverrideStatus(string Scope, string Mode, string Actor, string? Reason, DateTimeOffset Since, DateTimeOffset? ExpiresAt)
{
    /// <summary>Whether it holds on this edge alone, in the place of what is set for all edges on the same scope.</summary>
    public bool? Local { get; init; }

    /// <summary>The id of the other edge that it holds on alone, and not here; null where it holds here. It is known once that edge has told the journal.</summary>
    public string? Edge { get; init; }
}

/// <summary>The answer of <c>GET /api/v1/overrides</c>: what holds on this edge, and then what other edges hold for themselves alone.</summary>
public sealed record OverridesResponse(IReadOnlyList<OverrideStatus> Overrides);

/// <summary>The body of <c>POST /api/v1/store/accept</c>: a person says that the store in front of the edge, though not the one it knew, is the right one.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AcceptStoreRequest
{
    /// <summary>The id of the store to accept, so that nobody accepts one that they have not looked at. Required.</summary>
    public string? StoreId { get; init; }

    /// <summary>Who. Required.</summary>
    public string? Actor { get; init; }

    /// <summary>Why. Required.</summary>
    public string? Reason { get; init; }
}

/// <summary>A refusal: what was wrong and what to do. The members of RFC 9457 that we use.</summary>
public sealed record Problem(int Status, string Title, string Detail)
{
    /// <summary>Where rules have refused: which, and why.</summary>
    public IReadOnlyList<RuleRefusal>? Refusals { get; init; }

    /// <summary>What to send as <see cref="OverrideRequest.OverrideRules"/> if the change is meant all the same.</summary>
    public IReadOnlyList<string>? OverrideRules { get; init; }
}

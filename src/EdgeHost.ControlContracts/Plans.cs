using System.Text.Json.Serialization;

namespace EdgeHost.ControlContracts;

/// <summary>The body of <c>POST /api/v1/overrides/plan</c>: what would be sent to make a change, and where to. Who and why may be left out.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PlanRequest : OverrideRequest
{
    /// <summary><c>all</c>, <c>origin:{name}</c>, <c>group:{name}</c>, <c>site:{id}</c> or <c>site:{id}/path</c>. Required.</summary>
    public string? Scope { get; init; }

    /// <summary>Whether what is set there would be ended instead of a mode being set. Default: no.</summary>
    public bool? Clear { get; init; }
}

/// <summary>What a change would do on this edge. Nothing has been written.</summary>
public sealed record PlanResponse
{
    public required string Scope { get; init; }

    /// <summary>The mode that would be set; null: what is set there would end.</summary>
    public string? Mode { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whether rules would refuse it.</summary>
    public required bool Refused { get; init; }

    /// <summary>The rules that would.</summary>
    public required IReadOnlyList<RuleRefusal> Refusals { get; init; }

    /// <summary>The rules that would, if the request did not override them.</summary>
    public required IReadOnlyList<string> OverriddenRules { get; init; }

    /// <summary>The sites on which something would change.</summary>
    public required IReadOnlyList<PlannedSite> Sites { get; init; }

    /// <summary>How many of the edge's requests these sites have; null when the edge is older than this.</summary>
    public PlannedRequests? Requests { get; init; }
}

/// <summary>How many requests are about a change: those of the last minute, of whole sites. What is set for a path of such a site, or is to be, makes it fewer.</summary>
/// <param name="PerSecond">Of the sites on which something would change.</param>
/// <param name="PerSecondOfAll">Of all sites of the edge.</param>
/// <param name="SharePercent">The one of the other, in percent; null when there were none at all.</param>
public sealed record PlannedRequests(double PerSecond, double PerSecondOfAll, double? SharePercent);

/// <summary>What a change would do to a site, or to the path that it is about.</summary>
/// <param name="Id">The site.</param>
/// <param name="Before">What holds now.</param>
/// <param name="After">What would hold.</param>
/// <param name="NotReady">The rules that find the site not ready for it.</param>
public sealed record PlannedSite(string Id, PlannedMode Before, PlannedMode After, IReadOnlyList<string> NotReady)
{
    /// <summary>How many requests per second the whole site had in the last minute; null when the edge is older than this.</summary>
    public double? RequestsPerSecond { get; init; }
}

/// <summary>A mode, where it comes from, and what answers in it.</summary>
/// <param name="Mode"><c>auto</c>, <c>live</c>, <c>snapshot</c> or <c>maintenance</c>.</param>
/// <param name="Scope">Where it is set; null when nowhere.</param>
/// <param name="State"><c>live</c>, <c>snapshot</c>, <c>maintenance</c> or <c>unavailable</c>, as origin and snapshot are now.</param>
public sealed record PlannedMode(string Mode, string? Scope, string State);

/// <summary>A rule that refuses a change.</summary>
/// <param name="Rule">Its name.</param>
/// <param name="Detail">What it found and what to do.</param>
/// <param name="Sites">The sites that it found it on.</param>
public sealed record RuleRefusal(string Rule, string Detail, IReadOnlyList<string> Sites);

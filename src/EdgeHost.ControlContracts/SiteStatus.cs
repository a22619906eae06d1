namespace EdgeHost.ControlContracts;

/// <summary>One site on one edge.</summary>
public sealed record SiteStatus
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>What answers now: <c>live</c>, <c>snapshot</c>, <c>maintenance</c>, or <c>unavailable</c> (nobody gets an answer: the origin can't be reached and no snapshot may stand in for it). Where the platform is ill and nothing stands in, it is <c>live</c>.</summary>
    public required string State { get; init; }

    public required ModeStatus Mode { get; init; }

    public required OriginStatus Origin { get; init; }

    /// <summary>The site's own health, apart from its origin's.</summary>
    public required HealthStatus Health { get; init; }

    /// <summary>Whether the platform still has its pages; null while all that were looked at are there.</summary>
    public ContentStatus? Content { get; init; }

    /// <summary>Its last probe; null before the first.</summary>
    public ProbeStatus? Probe { get; init; }

    /// <summary>The snapshot that this edge would serve; null when it has none.</summary>
    public SnapshotStatus? Snapshot { get; init; }

    /// <summary>Whether a rollback pinned the site, so that exports only stage.</summary>
    public required bool Pinned { get; init; }

    /// <summary>Why the snapshot that the journal names is not, or not wholly, what is served; null when it is.</summary>
    public string? SnapshotProblem { get; init; }

    /// <summary>What of the snapshot is on the edge's own disk; null when the edge is older than this.</summary>
    public SiteReplicaStatus? Replica { get; init; }

    /// <summary>How the last export ended; null before the first.</summary>
    public LastExportStatus? LastExport { get; init; }

    /// <summary>How its visitors were answered; null when the edge is older than this.</summary>
    public RequestStatus? Requests { get; init; }
}

/// <summary>The mode in force and where it comes from.</summary>
/// <param name="Mode"><c>auto</c>, <c>live</c>, <c>snapshot</c> or <c>maintenance</c>.</param>
/// <param name="Scope"><c>all</c>, <c>origin:{name}</c>, <c>group:{name}</c> or <c>site:{id}</c>; null when nobody set a mode.</param>
/// <param name="Actor">Who set it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Since">When.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
public sealed record ModeStatus(string Mode, string? Scope, string? Actor, string? Reason, DateTimeOffset? Since, DateTimeOffset? ExpiresAt)
{
    /// <summary>Whether it was set for this edge alone.</summary>
    public bool? Local { get; init; }
}

/// <summary>A site's origin.</summary>
/// <param name="Name">Its name in the configuration.</param>
/// <param name="Health">How it is for this site: <c>up</c>, <c>returning</c>, <c>ill</c> or <c>unreachable</c>.</param>
/// <param name="Since">Since when.</param>
/// <param name="LastFailure">What was last wrong, if anything was.</param>
/// <param name="Scope">The origin's own health, for all its sites.</param>
public sealed record OriginStatus(string Name, string Health, DateTimeOffset Since, string? LastFailure, HealthStatus Scope);

/// <summary>A snapshot on this edge.</summary>
/// <param name="Id">Its id.</param>
/// <param name="CapturedAt">When its crawl began.</param>
/// <param name="AgeSeconds">How long ago that was.</param>
/// <param name="Entries">How many answers it holds.</param>
/// <param name="MissingBodies">Bodies that could not be had or were corrupt; their pages count as not in the snapshot.</param>
public sealed record SnapshotStatus(string Id, DateTimeOffset CapturedAt, long AgeSeconds, int Entries, int MissingBodies);

/// <summary>How an export ended.</summary>
/// <param name="Outcome"><c>activated</c>, <c>staged</c> or <c>failed</c>.</param>
/// <param name="At">When.</param>
/// <param name="Snapshot">The snapshot that it made, if any.</param>
/// <param name="Detail">Why it failed or was only staged.</param>
public sealed record LastExportStatus(string Outcome, DateTimeOffset At, string? Snapshot, string? Detail);

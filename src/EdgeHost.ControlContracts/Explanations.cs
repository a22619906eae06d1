namespace EdgeHost.ControlContracts;

/// <summary>The answer of <c>GET /api/v1/explain?url=…</c>: how a request would be answered at this moment, and all that this is decided by. Nothing was asked of the origin, and nobody was counted.</summary>
public sealed record ExplainResponse
{
    public required string Method { get; init; }

    /// <summary>As a browser would ask for it: letters that no URL can hold are encoded, a fragment is left out.</summary>
    public required string Url { get; init; }

    /// <summary>The edge's time.</summary>
    public required DateTimeOffset Now { get; init; }

    public required ExplainedAnswer Answer { get; init; }

    /// <summary>While the origin returns and no client is named: the answer for visitors whose turn has come already, where it is another than <see cref="Answer"/>.</summary>
    public ExplainedAnswer? ReturnedAnswer { get; init; }

    /// <summary>The canonical path and query, which everything is looked up by; null where the target is refused.</summary>
    public string? Target { get; init; }

    /// <summary>Whose request it is; null where it is refused. The members below are null then, too.</summary>
    public ExplainedSite? Site { get; init; }

    public ExplainedRule? PathRule { get; init; }

    /// <summary>All overrides that hold for the path, the one that wins first.</summary>
    public IReadOnlyList<ExplainedOverride>? Overrides { get; init; }

    /// <summary>The origin and the site on it.</summary>
    public IReadOnlyList<ExplainedScope>? Scopes { get; init; }

    /// <summary>Whether the platform still has the site's pages; null while all that were looked at are there.</summary>
    public ExplainedContent? Content { get; init; }

    public ExplainedVisitor? Visitor { get; init; }

    public ExplainedSnapshot? Snapshot { get; init; }
}

/// <summary>How a request would be answered.</summary>
public sealed record ExplainedAnswer
{
    /// <summary><c>live</c>, <c>snapshot</c>, <c>unavailable</c> or <c>refused</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The same word as in <c>EdgeHost-Decision</c> and the access log.</summary>
    public required string Reason { get; init; }

    /// <summary>Where the mode is set that decides; null where no operator does.</summary>
    public string? Scope { get; init; }

    /// <summary>The value of <c>EdgeHost-Decision</c> on the answer, if all goes as it is decided here.</summary>
    public required string Header { get; init; }

    /// <summary>The same where a live answer fails before it has begun; null for other answers. An error that the platform itself answers, and that is not rescued, is passed on with <see cref="Header"/>.</summary>
    public string? HeaderWhenFailed { get; init; }

    /// <summary>What it must be given before it may go to the origin: <c>free</c> (nothing), <c>try</c> (one of a few places), <c>challenge</c> (one of a few that are kept for ACME's challenges) or <c>return</c> (a part of so many requests per second).</summary>
    public required string Admission { get; init; }

    /// <summary>Whether a live answer that fails before it has begun is replaced by the snapshot's.</summary>
    public required bool Rescue { get; init; }

    /// <summary>The status; null where it is the origin's to choose.</summary>
    public int? Status { get; init; }

    /// <summary>What the visitor gets, in words.</summary>
    public required string Words { get; init; }
}

/// <summary>The site that a host leads to.</summary>
/// <param name="Id">The site.</param>
/// <param name="Name">Its name for visitors.</param>
/// <param name="Host">The entry of its <c>Hosts</c> that the host falls under.</param>
/// <param name="Origin">The name of its origin.</param>
/// <param name="Groups">The groups that operators switch it with.</param>
public sealed record ExplainedSite(string Id, string Name, string Host, string Origin, IReadOnlyList<string> Groups);

/// <summary>What the site has said of the path.</summary>
/// <param name="Rule"><c>default</c>, <c>live-only</c> or <c>snapshot-first</c>.</param>
/// <param name="Prefix">The prefix that it has said it of; null for <c>default</c>.</param>
public sealed record ExplainedRule(string Rule, string? Prefix);

/// <summary>An override that holds for the path.</summary>
/// <param name="Override">The override.</param>
/// <param name="Effect"><c>decides</c>; <c>auto</c>: it wins, and leaves it to health; <c>leaves-live-only</c>: it wins, and such paths are not forced to a snapshot; or <c>outranked</c>: a narrower one wins.</param>
public sealed record ExplainedOverride(OverrideStatus Override, string Effect);

/// <summary>The origin's or the site's own health.</summary>
/// <param name="Scope"><c>origin:{name}</c> or <c>site:{id}</c>.</param>
/// <param name="Health">Its counts and timers.</param>
/// <param name="Words">The same for people, with what has to happen next.</param>
public sealed record ExplainedScope(string Scope, HealthStatus Health, string Words);

/// <summary>Pages of the site that the platform answers with something else.</summary>
/// <param name="Status">How many, and what came.</param>
/// <param name="Words">The same for people, with what that turns.</param>
public sealed record ExplainedContent(ContentStatus Status, string Words);

/// <summary>Which visitors get the platform.</summary>
/// <param name="Health">How the origin is for this visitor: <c>up</c>, <c>returning</c> (their turn has come), <c>waiting</c> (it has not), <c>ill</c> or <c>unreachable</c>. Without an address, as it is for those who have to wait the longest.</param>
/// <param name="LivePercent">The share of visitors who get it, as far as health is concerned.</param>
/// <param name="Address">Who was asked about; null when nobody in particular.</param>
/// <param name="Place">Where this visitor stands among those of the site, from 0 to 99: those below the share get the platform first. Null without an address.</param>
/// <param name="Words">The same for people.</param>
public sealed record ExplainedVisitor(string Health, int LivePercent, string? Address, int? Place, string Words);

/// <summary>What the snapshot has to say about the target.</summary>
/// <param name="Coverage"><c>covered</c>, <c>missing</c>, <c>known-missing</c> (the site's own 404 page is the answer), <c>no-snapshot</c>, or <c>not-asked</c> for paths that are live-only.</param>
/// <param name="Words">The same for people.</param>
/// <param name="Id">The snapshot on this edge; null when there is none.</param>
/// <param name="Problem">Why it is not, or not wholly, the one that the journal names; null when it is.</param>
/// <param name="Entry">What it would answer with; null when with nothing.</param>
public sealed record ExplainedSnapshot(string Coverage, string Words, string? Id, string? Problem, ExplainedEntry? Entry);

/// <summary>An answer that a snapshot holds.</summary>
/// <param name="Key">What it is found by; empty for the site's 404 page.</param>
/// <param name="Status">Its status.</param>
/// <param name="Kind"><c>document</c> or <c>asset</c>.</param>
/// <param name="ContentType">As the origin sent it.</param>
/// <param name="Location">Where a redirect leads.</param>
/// <param name="Size">The length of the uncoded body; null when it has none.</param>
/// <param name="CapturedAt">When.</param>
/// <param name="Snapshot">The snapshot that it is from: an earlier one's files are answered for a while.</param>
public sealed record ExplainedEntry(string Key, int Status, string Kind, string? ContentType, string? Location, long? Size, DateTimeOffset CapturedAt, string Snapshot);

namespace StaticExport.Scoping;

/// <summary>Whether a URL is the site's to export.</summary>
/// <param name="Reason">Why, or why not.</param>
/// <param name="Detail">The pattern or the fault, where there is one.</param>
internal readonly record struct ScopeDecision(ScopeReason Reason, string? Detail = null)
{
    /// <summary>Whether the URL is on one of the site's own hosts, so that the report must account for it.</summary>
    public bool IsOnSite => Reason is not (ScopeReason.OtherHost or ScopeReason.OtherPort);
}

internal enum ScopeReason
{
    InScope,

    /// <summary>Not one of the site's hosts.</summary>
    OtherHost,

    /// <summary>A host of the site on another port: another server.</summary>
    OtherPort,

    /// <summary>Matched by an exclude pattern.</summary>
    Excluded,

    /// <summary>A page that no include pattern matches.</summary>
    NotIncluded,

    /// <summary>An edge would refuse such a request target, so it can't be a page.</summary>
    BadTarget,
}

using System.Collections.Immutable;
using EdgeHost.SnapshotStore.Targets;
using StaticExport.Urls;

namespace StaticExport.Scoping;

/// <summary>Which URLs are the site's, and what their keys are.</summary>
internal sealed record SiteScope
{
    /// <summary>The canonical host first, then the aliases.</summary>
    public required ImmutableArray<SiteAuthority> Authorities { get; init; }

    public required QueryPolicy Query { get; init; }

    public ImmutableArray<UrlPattern> Include { get; init; } = [];

    public ImmutableArray<UrlPattern> Exclude { get; init; } = [];

    /// <param name="url">Where a link leads.</param>
    /// <param name="isPage">A page, and not something that a page is made of. Include patterns choose pages; what those need comes with them.</param>
    /// <param name="target">The target, parsed; of no use unless the URL is on the site.</param>
    public ScopeDecision Decide(WebUrl url, bool isPage, out RequestTarget target)
    {
        target = default;
        if (!Authorities.Any(authority => authority.Covers(url)))
        {
            return Authorities.Any(authority => authority.IsHostOf(url)) ? new(ScopeReason.OtherPort) : new(ScopeReason.OtherHost);
        }

        if (!RequestTarget.TryParse(url.Target, out target, out var error))
        {
            return new(ScopeReason.BadTarget, error.ToString());
        }

        var key = target.Key(Query);
        if (Exclude.FirstOrDefault(pattern => pattern.Matches(key)) is { } excluded)
        {
            return new(ScopeReason.Excluded, excluded.Text);
        }

        return isPage && key != "/" && Include.Length > 0 && !Include.Any(pattern => pattern.Matches(key)) ? new(ScopeReason.NotIncluded) : new(ScopeReason.InScope);
    }

    /// <summary>
    /// What the origin is asked for when a link is followed: the link's own target, less the parameters that the query policy drops.
    /// </summary>
    /// <remarks>
    /// Not the key: its order of parameters is ours, and an origin may depend on its own (signed image URLs do). The link's form is what visitors' browsers send.
    /// And not the whole link: a page that is asked for with <c>utm_source=newsletter</c> may carry that into its own links, and every visitor would get those.
    /// Where several links have one key, the first one found is followed.
    /// </remarks>
    public string RequestFor(RequestTarget target)
    {
        if (string.IsNullOrEmpty(target.Query))
        {
            return target.Path;
        }

        var kept = target.Query.Split('&').Where(part => Query.Normalise(part).Length > 0).ToArray();
        return kept.Length == 0 ? target.Path : $"{target.Path}?{string.Join('&', kept)}";
    }
}

using EdgeHost.Health;
using EdgeHost.Sites;

namespace EdgeHost.Evidence;

/// <summary>What of that which a site's requests and probes met counts for its origin.</summary>
internal static class OriginEvidence
{
    /// <summary>Whatever was answered, or that it hung or hung up: somebody is there. Where the answers were what was wrong, that is no sign.</summary>
    /// <param name="site">Where it was met.</param>
    /// <param name="table">All sites.</param>
    /// <param name="failure">What was wrong.</param>
    /// <param name="kind">What was asked for; null: what no snapshot holds.</param>
    /// <param name="startedAt">When it was sent.</param>
    /// <returns>Null: nothing.</returns>
    public static HealthEvidence? Of(Site site, SiteTable table, OriginFailure failure, EvidenceKind? kind, long startedAt)
    {
        var mustBeWhole = MustBeWhole(site.Origin.Health);
        var isWell = failure == OriginFailure.None;
        if (mustBeWhole && (kind is null || (!isWell && (kind == EvidenceKind.Probe ? IsIllByItself(site, table, failure) : !failure.IsConnectionLevel()))))
        {
            // What no snapshot holds proves nothing, a site that is ill by itself must not keep the others away, and no more may what one visitor's request meets.
            return null;
        }

        var ofOrigin = mustBeWhole || failure.IsConnectionLevel() ? failure : OriginFailure.None;
        return new HealthEvidence(kind == EvidenceKind.Probe ? EvidenceKind.Probe : EvidenceKind.Document, ofOrigin, 0, HealthEvidence.Ourselves, startedAt);
    }

    /// <summary>Whether it takes answers as they should be, and not only somebody who answers: it was turned for its answers.</summary>
    public static bool MustBeWhole(HealthState origin) => origin.Current is { ByVerdict: true, Phase: HealthPhase.Snapshot }
        or { ByVerdict: true, Phase: HealthPhase.Recovering, TurnedBy: OriginFailure.ContentLost };

    /// <summary>What the origin's probes are worth after one. One doubt is kept until a probe is answered as it should be: the sites of an origin mostly share their health page.</summary>
    public static ProbeTrust TrustOf(HealthState origin, OriginFailure failure, bool isWrong) => (MustBeWhole(origin), failure) switch
    {
        (false, _) or (_, OriginFailure.None) => ProbeTrust.Trusted,
        _ when isWrong => ProbeTrust.Wrong,
        (_, OriginFailure.UnexpectedStatus) when origin.Trusted == ProbeTrust.Trusted => ProbeTrust.Doubted,
        _ => origin.Trusted,
    };

    private static bool IsIllByItself(Site site, SiteTable table, OriginFailure failure) => failure == OriginFailure.ContentLost
        ? !OriginVerdict.IsStillLost(table.SitesOf(site.Origin))
        : site.State.Health.Current.Phase != HealthPhase.Live;
}

using System.Collections.Immutable;
using EdgeHost.Health;
using EdgeHost.Origins;
using EdgeHost.Sites;
using EdgeHost.Snapshots;

namespace EdgeHost.Evidence;

/// <summary>Takes what requests, probes and looks at pages met to the scope that it belongs to.</summary>
internal sealed partial class HealthEvents(SiteTableState tables, RestlessSites restless, TurnLog turns, CheckOrders checks, TimeProvider clock, ILogger<HealthEvents> log)
{
    private static readonly TimeSpan LoopLogInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan DoubtInterval = TimeSpan.FromSeconds(10);

    private long loopLoggedAt;

    /// <summary>A request was answered, or failed at the origin.</summary>
    public void Observe(Site site, in Observation met)
    {
        var isOwn = met.Visitor == HealthEvidence.Ourselves;
        if (met.Covered == EvidenceKind.Document)
        {
            site.State.Visits.Seen(met.StartedAt, isWell: met.Failure == OriginFailure.None && met.IsAsExported);
            if (!isOwn)
            {
                site.State.LastVisitAt = met.StartedAt;
            }
        }

        RecordOrigin(site, met.Failure, met.Covered, met.StartedAt);
        if (met.Covered is not { } kind || met.Failure.IsConnectionLevel())
        {
            return;
        }

        Turned(site, site.State.Health.Record(new HealthEvidence(kind, met.Failure, met.Page.PathHash, met.Visitor, met.StartedAt)));
        if (met.Failure != OriginFailure.None && !isOwn && site.State.Health.LacksWitness)
        {
            Check(site, met.Page);
        }
    }

    /// <summary>An answer to a page has been looked at.</summary>
    /// <param name="site">Whose page it was.</param>
    /// <param name="look">What was found.</param>
    /// <param name="page">The page.</param>
    /// <param name="documents">How many pages the site has.</param>
    public void Looked(Site site, in PageLook look, PageAddress page, int documents)
    {
        var (content, rules) = (site.State.Content, site.State.Health.Rules);
        if (!look.IsOwn)
        {
            site.State.Pages.Seen(clock.GetTimestamp(), isWell: !look.IsLost);
        }

        var (isNews, wantsChecks) = content.Add(look, rules, documents);
        if (wantsChecks)
        {
            Check(site, page);
        }

        if (!isNews)
        {
            return;
        }

        restless.Note(site);
        var isOrigins = content.Current.IsLost && OriginVerdict.OnContent(tables.Current.SitesOf(site.Origin), clock).IsLost;
        turns.SayContent(site, content.Current, isOrigins);
        if (isOrigins)
        {
            Convict(site.Origin, OriginFailure.ContentLost);
        }
    }

    /// <summary>A probe of a site was answered, or failed.</summary>
    /// <param name="site">Whose it was.</param>
    /// <param name="failure">What was wrong.</param>
    /// <param name="received">What came, in words.</param>
    /// <param name="startedAt">When it was sent.</param>
    public void Probed(Site site, OriginFailure failure, string received, long startedAt)
    {
        if (failure == OriginFailure.EdgeExhausted)
        {
            return;
        }

        var before = site.State.Probe;
        var report = ProbeJudgement.Next(before, site.Probe.Words, failure, received, clock.GetUtcNow(), startedAt, (failure == OriginFailure.ContentLost ? site.State.Pages : site.State.Visits).PassSince);
        site.State.Probe = report;
        var isWrong = report.Finding == ProbeFinding.ConfigurationError;
        if (isWrong != (before?.Finding == ProbeFinding.ConfigurationError))
        {
            turns.SayProbe(site, isWrong, received);
        }

        site.State.Health.Trust(isWrong ? ProbeTrust.Wrong : failure == OriginFailure.UnexpectedStatus ? ProbeTrust.Doubted : ProbeTrust.Trusted);
        site.Origin.Health.Trust(OriginEvidence.TrustOf(site.Origin.Health, failure, isWrong));
        if (!isWrong || !OriginEvidence.MustBeWhole(site.Origin.Health))
        {
            RecordOrigin(site, failure, EvidenceKind.Probe, startedAt);
        }

        // That a site's content is lost is said, and turns it neither way, as long as its origin is not known to have lost all.
        var phase = site.State.Health.Current.Phase;
        if (!isWrong && !failure.IsConnectionLevel() && (failure != OriginFailure.ContentLost || phase is HealthPhase.Snapshot or HealthPhase.Recovering))
        {
            Turned(site, site.State.Health.Record(new HealthEvidence(EvidenceKind.Probe, failure, 0, HealthEvidence.Ourselves, startedAt)));
        }

        if (failure != OriginFailure.None && !failure.IsConnectionLevel())
        {
            // Where nobody visits, nobody would find out that it is the health page alone that is ill; nor that the site is well again.
            checks.Order(site, isWrong ? site.State.Health.Rules.TrickleInterval : DoubtInterval);
        }
    }

    /// <summary>Lets time pass.</summary>
    public void Tick()
    {
        var table = tables.Current;
        foreach (var origin in table.Origins)
        {
            Turned(origin, origin.Health.Tick());
        }

        var doubted = new HashSet<Origin>();
        foreach (var site in restless.Of(table))
        {
            Turned(site, site.State.Health.Tick());
            if (site.State.Content.Current.IsLost && site.Origin.Health.Current.Phase != HealthPhase.Snapshot)
            {
                doubted.Add(site.Origin);
            }
        }

        foreach (var origin in doubted)
        {
            JudgeContent(origin, table.SitesOf(origin));
        }
    }

    /// <summary>A request came back. Said at most once a minute: anybody can send one that looks so.</summary>
    public void LoopSeen(Site site)
    {
        var now = clock.GetTimestamp();
        var last = Interlocked.Read(ref loopLoggedAt);
        if ((last == 0 || clock.GetElapsedTime(last, now) >= LoopLogInterval) && Interlocked.CompareExchange(ref loopLoggedAt, now, last) == last)
        {
            LogLoop(site.IdText, site.Origin.Name);
        }
    }

    // Time passes, others lose theirs, and the edge looks at those that nobody visits.
    private void JudgeContent(Origin origin, ImmutableArray<Site> sites)
    {
        var verdict = OriginVerdict.OnContent(sites, clock);
        if (verdict.IsLost)
        {
            Convict(origin, OriginFailure.ContentLost);
        }

        foreach (var site in verdict.ToLookAt)
        {
            checks.Order(site, DoubtInterval);
        }
    }

    // By the edge's own request, at the host that the snapshot knows: a host of a visitor's choice may be one that the platform does not answer to.
    private void Check(Site site, PageAddress page)
    {
        if (site.State.Snapshot?.Canonical(page) is { } own)
        {
            site.State.Checks.Remember(own);
            checks.Order(site, CheckOrders.Interval);
        }
    }

    private void RecordOrigin(Site site, OriginFailure failure, EvidenceKind? kind, long startedAt)
    {
        if (OriginEvidence.Of(site, tables.Current, failure, kind, startedAt) is { } evidence)
        {
            Turned(site.Origin, site.Origin.Health.Record(evidence));
        }
    }

    private void Turned(Origin origin, HealthTurn? turn)
    {
        if (turn is { } turned)
        {
            turns.Say(origin, turned);
        }
    }

    private void Turned(Site site, HealthTurn? turn)
    {
        restless.Note(site);
        if (turn is not { } turned)
        {
            return;
        }

        turns.Say(site, turned);
        if (turned.To == HealthPhase.Snapshot && OriginVerdict.AreMostIll(tables.Current.SitesOf(site.Origin), clock))
        {
            // It is not the sites: all of them turn at once, and return by the origin's ramp.
            Convict(site.Origin, turned.Cause);
        }
    }

    private void Convict(Origin origin, OriginFailure cause)
    {
        Turned(origin, origin.Health.Convict(cause));
        foreach (var site in tables.Current.SitesOf(origin))
        {
            if (cause == OriginFailure.ContentLost)
            {
                if (site.State.Content.Absolve())
                {
                    turns.SayContentOfOrigin(site);
                }
            }
            else if (OriginVerdict.IsIll(site))
            {
                site.State.Health.Absolve();
            }
        }
    }

    [LoggerMessage(EventId = 104, Level = LogLevel.Error, Message = "A request for site {Site} carries the mark of this installation: either the address of origin {Origin} leads here, and is to be corrected, or somebody sends the mark")]
    private partial void LogLoop(string site, string origin);
}

using EdgeHost.Health;
using EdgeHost.Origins;
using EdgeHost.Sites;

namespace EdgeHost.Evidence;

/// <summary>Takes what requests and probes met to the scope that it belongs to.</summary>
internal sealed partial class HealthEvents(SiteTableState tables, TurnLog turns, TimeProvider clock, ILogger<HealthEvents> log)
{
    private const int FewestActiveSites = 5;

    private static readonly TimeSpan ActiveWithin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LoopLogInterval = TimeSpan.FromMinutes(1);

    private long loopLoggedAt;

    /// <summary>A request was answered, or failed at the origin.</summary>
    /// <param name="site">Whose it was.</param>
    /// <param name="failure">What was wrong.</param>
    /// <param name="covered">What was asked for, where the snapshot holds it: nothing else tells anything about a site, as it may never have been well.</param>
    /// <param name="isAsExported">Whether its status was the snapshot's.</param>
    /// <param name="path">The path that was asked for.</param>
    /// <param name="startedAt">When it was sent.</param>
    public void Observe(Site site, OriginFailure failure, EvidenceKind? covered, bool isAsExported, string path, long startedAt)
    {
        if (covered == EvidenceKind.Document)
        {
            site.State.LastVisitAt = startedAt;
            if (failure == OriginFailure.None && isAsExported)
            {
                site.State.PassedAt = startedAt;
            }
            else
            {
                site.State.FailedAt = startedAt;
            }
        }

        RecordOrigin(site, failure, covered, startedAt);
        if (covered is { } kind)
        {
            RecordSite(site, failure, kind, path, startedAt);
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

        var before = site.State.Probe is { } last && last.Sent == site.Probe.Words ? last : null;
        long? failingSince = failure == OriginFailure.None ? null : before?.FailingSince ?? startedAt;
        var finding = ProbeJudgement.Of(failure, before?.HasPassed == true, requestsPass: site.State.PassedAt > failingSince && site.State.PassedAt > site.State.FailedAt);
        site.State.Probe = new ProbeReport(finding, site.Probe.Words, received, clock.GetUtcNow(), failure == OriginFailure.None || before?.HasPassed == true, failingSince);
        var isWrong = finding == ProbeFinding.ConfigurationError;
        if (isWrong != (before?.Finding == ProbeFinding.ConfigurationError))
        {
            turns.SayProbe(site, isWrong, received);
        }

        site.State.Health.Trust(isWrong ? ProbeTrust.Wrong : failure == OriginFailure.UnexpectedStatus ? ProbeTrust.Doubted : ProbeTrust.Trusted);
        site.Origin.Health.Trust(TrustOf(site.Origin.Health, failure, isWrong));
        if (!isWrong || !MustBeWhole(site.Origin.Health))
        {
            RecordOrigin(site, failure, EvidenceKind.Probe, startedAt);
        }

        if (!isWrong)
        {
            RecordSite(site, failure, EvidenceKind.Probe, site.Probe.Target, startedAt);
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

        foreach (var site in table.Sites)
        {
            Turned(site, site.State.Health.Tick());
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

    // Whatever was answered, or that it hung or hung up: somebody is there. Where the answers were what was wrong, that is no sign.
    private void RecordOrigin(Site site, OriginFailure failure, EvidenceKind? kind, long startedAt)
    {
        var origin = site.Origin;
        var mustBeWhole = MustBeWhole(origin.Health);
        if (mustBeWhole && (kind is null || (kind == EvidenceKind.Probe && failure != OriginFailure.None && site.State.Health.Current.Phase != HealthPhase.Live)))
        {
            // What no snapshot holds proves nothing, and a site that is ill by itself must not keep the others away.
            return;
        }

        var ofOrigin = mustBeWhole || failure.IsConnectionLevel() ? failure : OriginFailure.None;
        Turned(origin, origin.Health.Record(new HealthEvidence(kind == EvidenceKind.Probe ? EvidenceKind.Probe : EvidenceKind.Document, ofOrigin, 0, startedAt)));
    }

    private static bool MustBeWhole(HealthState origin) => origin.Current is { ByVerdict: true, Phase: HealthPhase.Snapshot };

    // One doubt is kept until a probe is answered as it should be: the sites of an origin mostly share their health page.
    private static ProbeTrust TrustOf(HealthState origin, OriginFailure failure, bool isWrong) => (MustBeWhole(origin), failure) switch
    {
        (false, _) or (_, OriginFailure.None) => ProbeTrust.Trusted,
        _ when isWrong => ProbeTrust.Wrong,
        (_, OriginFailure.UnexpectedStatus) when origin.Trusted == ProbeTrust.Trusted => ProbeTrust.Doubted,
        _ => origin.Trusted,
    };

    private void RecordSite(Site site, OriginFailure failure, EvidenceKind kind, string path, long startedAt)
    {
        if (!failure.IsConnectionLevel())
        {
            Turned(site, site.State.Health.Record(new HealthEvidence(kind, failure, path.GetHashCode(StringComparison.Ordinal), startedAt)));
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
        if (turn is not { } turned)
        {
            return;
        }

        turns.Say(site, turned);
        if (turned.To == HealthPhase.Snapshot)
        {
            JudgeOrigin(site, turned.Cause);
        }
    }

    // When most of an origin's sites fail it is not the sites: all of them turn at once, and return by the origin's ramp.
    private void JudgeOrigin(Site failed, OriginFailure cause)
    {
        var origin = failed.Origin;
        var now = clock.GetTimestamp();
        var active = tables.Current.Sites.Where(site => site.Origin == origin && site.State.LastVisitAt != 0 && clock.GetElapsedTime(site.State.LastVisitAt, now) < ActiveWithin).ToList();
        var ill = active.Where(site => site.State.Health.Current.Phase is HealthPhase.Snapshot or HealthPhase.Suspect).ToList();
        if (ill.Count < FewestActiveSites || ill.Count * 2 < active.Count)
        {
            return;
        }

        Turned(origin, origin.Health.Convict(cause));
        foreach (var site in ill)
        {
            site.State.Health.Absolve();
        }
    }

    [LoggerMessage(EventId = 104, Level = LogLevel.Error, Message = "A request for site {Site} carries the mark of this installation: either the address of origin {Origin} leads here, and is to be corrected, or somebody sends the mark")]
    private partial void LogLoop(string site, string origin);
}

using EdgeHost.Health;
using EdgeHost.Sites;

namespace EdgeHost.Evidence;

/// <summary>Takes what requests and probes met to the scope that it belongs to, and logs each turn once.</summary>
internal sealed partial class HealthEvents(SiteTableState tables, TimeProvider clock, ILogger<HealthEvents> log)
{
    private const int FewestActiveSites = 5;

    // So many probes' time: requests that succeeded longer ago say nothing about now.
    private const int LatelyInProbes = 3;

    private static readonly TimeSpan ShortestLately = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan ActiveWithin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LoopLogInterval = TimeSpan.FromMinutes(1);

    private long loopLoggedAt;

    /// <summary>A request was answered, or failed at the origin.</summary>
    /// <param name="site">Whose it was.</param>
    /// <param name="failure">What was wrong.</param>
    /// <param name="covered">What was asked for, where the snapshot holds it: nothing else tells anything about a site, as it may never have been well.</param>
    /// <param name="path">The path that was asked for.</param>
    /// <param name="startedAt">When it was sent.</param>
    public void Observe(Site site, OriginFailure failure, EvidenceKind? covered, string path, long startedAt)
    {
        if (covered == EvidenceKind.Document)
        {
            site.State.LastVisitAt = startedAt;
            if (failure == OriginFailure.None)
            {
                site.State.PassedAt = startedAt;
            }
            else
            {
                site.State.FailedAt = startedAt;
            }
        }

        RecordOrigin(site.Origin, failure, covered, isWrong: false, startedAt);
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
        var finding = ProbeJudgement.Of(failure, before?.HasPassed == true, RequestsPass(site));
        site.State.Probe = new ProbeReport(finding, site.Probe.Words, received, clock.GetUtcNow(), failure == OriginFailure.None || before?.HasPassed == true);
        var isWrong = finding == ProbeFinding.ConfigurationError;
        if (isWrong != (before?.Finding == ProbeFinding.ConfigurationError))
        {
            LogProbe(site, isWrong, received);
        }

        site.State.Health.ProbeIsWrong(isWrong);
        RecordOrigin(site.Origin, failure, EvidenceKind.Probe, isWrong, startedAt);
        if (!isWrong)
        {
            RecordSite(site, failure, EvidenceKind.Probe, site.Probe.Target, startedAt);
        }
    }

    private bool RequestsPass(Site site)
    {
        var (passed, lately) = (site.State.PassedAt, LatelyInProbes * site.Origin.Options.ProbeInterval);
        return passed != 0 && passed > site.State.FailedAt && clock.GetElapsedTime(passed) < (lately > ShortestLately ? lately : ShortestLately);
    }

    private void LogProbe(Site site, bool isWrong, string received)
    {
        if (isWrong)
        {
            LogProbeWrong(site.IdText, site.Probe.Words, received);
        }
        else
        {
            LogProbeRight(site.IdText);
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

    private void RecordOrigin(Origins.Origin origin, OriginFailure failure, EvidenceKind? kind, bool isWrong, long startedAt)
    {
        var reached = !failure.IsConnectionLevel();
        var view = origin.Health.Current;
        var mustBeWhole = view is { ByVerdict: true, Phase: HealthPhase.Snapshot } && kind is not null;
        origin.Health.ProbeIsWrong(isWrong && mustBeWhole);
        if (isWrong && mustBeWhole)
        {
            return;
        }

        // Whatever it answered, or that it hung or hung up: somebody is there. Where the answers were what was wrong, that is no sign.
        var evidence = new HealthEvidence(kind == EvidenceKind.Probe ? EvidenceKind.Probe : EvidenceKind.Document, reached && !mustBeWhole ? OriginFailure.None : failure, 0, startedAt);
        Turned(origin, origin.Health.Record(evidence));
    }

    private void RecordSite(Site site, OriginFailure failure, EvidenceKind kind, string path, long startedAt)
    {
        if (!failure.IsConnectionLevel())
        {
            Turned(site, site.State.Health.Record(new HealthEvidence(kind, failure, path.GetHashCode(StringComparison.Ordinal), startedAt)));
        }
    }

    private void Turned(Origins.Origin origin, HealthTurn? turn)
    {
        switch (turn)
        {
            case { To: HealthPhase.Snapshot, From: HealthPhase.Recovering } turned:
                LogOriginRelapsed(origin.Name, turned.Cause);
                break;
            case { To: HealthPhase.Snapshot } turned:
                LogOriginDown(origin.Name, turned.Cause);
                break;
            case { To: HealthPhase.Recovering }:
                LogOriginReturns(origin.Name);
                break;
            case { To: HealthPhase.Live, From: HealthPhase.Recovering }:
                LogOriginUp(origin.Name);
                break;
        }
    }

    private void Turned(Site site, HealthTurn? turn)
    {
        switch (turn)
        {
            case { To: HealthPhase.Snapshot } turned:
                LogSiteDown(site.IdText, site.Origin.Name, turned.Cause, turned.From);
                JudgeOrigin(site, turned.Cause);
                break;
            case { To: HealthPhase.Recovering }:
                LogSiteReturns(site.IdText);
                break;
            case { To: HealthPhase.Live, From: HealthPhase.Recovering }:
                LogSiteUp(site.IdText);
                break;
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

    [LoggerMessage(EventId = 100, Level = LogLevel.Error, Message = "Origin {Origin} is down ({Failure}): its sites are answered from their snapshots, and it is probed")]
    private partial void LogOriginDown(string origin, OriginFailure failure);

    [LoggerMessage(EventId = 101, Level = LogLevel.Warning, Message = "Origin {Origin} is up again: all visitors get it")]
    private partial void LogOriginUp(string origin);

    [LoggerMessage(EventId = 102, Level = LogLevel.Error, Message = "Site {Site} on origin {Origin} is down ({Failure}, it was {Before}): it is answered from its snapshot, and probed")]
    private partial void LogSiteDown(string site, string origin, OriginFailure failure, HealthPhase before);

    [LoggerMessage(EventId = 103, Level = LogLevel.Warning, Message = "Site {Site} is up again: all visitors get it")]
    private partial void LogSiteUp(string site);

    [LoggerMessage(EventId = 108, Level = LogLevel.Error, Message = "The probe of site {Site} can't be right and is left out of account, correct it: sent {Sent}; received {Received}, while the site answers its visitors or the probe has never passed")]
    private partial void LogProbeWrong(string site, string sent, string received);

    [LoggerMessage(EventId = 109, Level = LogLevel.Warning, Message = "The probe of site {Site} is taken into account again")]
    private partial void LogProbeRight(string site);

    [LoggerMessage(EventId = 104, Level = LogLevel.Error, Message = "A request for site {Site} carries the mark of this installation: either the address of origin {Origin} leads here, and is to be corrected, or somebody sends the mark")]
    private partial void LogLoop(string site, string origin);

    [LoggerMessage(EventId = 105, Level = LogLevel.Warning, Message = "Origin {Origin} passes its probes: a growing share of visitors gets it")]
    private partial void LogOriginReturns(string origin);

    [LoggerMessage(EventId = 106, Level = LogLevel.Error, Message = "Origin {Origin} has failed anew while it came back ({Failure}): its sites are answered from their snapshots")]
    private partial void LogOriginRelapsed(string origin, OriginFailure failure);

    [LoggerMessage(EventId = 107, Level = LogLevel.Warning, Message = "Site {Site} passes its probes: a growing share of visitors gets it")]
    private partial void LogSiteReturns(string site);
}

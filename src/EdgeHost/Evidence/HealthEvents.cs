using EdgeHost.Health;
using EdgeHost.Sites;

namespace EdgeHost.Evidence;

/// <summary>Takes what requests and probes met to the state it belongs to, and logs each turn once.</summary>
internal sealed partial class HealthEvents(TimeProvider clock, ILogger<HealthEvents> log)
{
    private static readonly TimeSpan LoopLogInterval = TimeSpan.FromMinutes(1);

    private long loopLoggedAt;

    /// <summary>A request was answered, or failed at the origin.</summary>
    public void Observe(Site site, OriginFailure failure)
    {
        if (failure == OriginFailure.None)
        {
            site.State.Health.RequestPassed();
            site.Origin.Health.RequestPassed();
        }
        else
        {
            Failed(site, failure, isProbe: false);
        }
    }

    /// <summary>A probe of a site was answered as it should be.</summary>
    public void ProbePassed(Site site)
    {
        ProbeReached(site);
        if (site.State.Health.ProbePassed())
        {
            LogSiteUp(site.Id.ToString());
        }
    }

    /// <summary>A probe was answered at all, which clears the origin and not yet the site.</summary>
    public void ProbeReached(Site site)
    {
        if (site.Origin.Health.ProbePassed())
        {
            LogOriginUp(site.Origin.Name);
        }
    }

    /// <summary>A probe of a site met a failure.</summary>
    public void ProbeFailed(Site site, OriginFailure failure) => Failed(site, failure, isProbe: true);

    private void Failed(Site site, OriginFailure failure, bool isProbe)
    {
        if (failure.IsConnectionLevel())
        {
            if (site.Origin.Health.Failed(failure, isProbe))
            {
                LogOriginDown(site.Origin.Name, failure);
            }

            return;
        }

        // It was reached, so it is not unreachable.
        site.Origin.Health.RequestPassed();
        if (site.State.Health.Failed(failure, isProbe))
        {
            LogSiteDown(site.Id.ToString(), site.Origin.Name, failure);
        }
    }

    /// <summary>A request came back. Said at most once a minute: anybody can send one that looks so.</summary>
    public void LoopSeen(Site site)
    {
        var now = clock.GetTimestamp();
        var last = Interlocked.Read(ref loopLoggedAt);
        if ((last == 0 || clock.GetElapsedTime(last, now) >= LoopLogInterval) && Interlocked.CompareExchange(ref loopLoggedAt, now, last) == last)
        {
            LogLoop(site.Id.ToString(), site.Origin.Name);
        }
    }

    [LoggerMessage(EventId = 100, Level = LogLevel.Error, Message = "Origin {Origin} is down ({Failure}): its sites are answered from their snapshots, and it is probed")]
    private partial void LogOriginDown(string origin, OriginFailure failure);

    [LoggerMessage(EventId = 101, Level = LogLevel.Warning, Message = "Origin {Origin} is up again")]
    private partial void LogOriginUp(string origin);

    [LoggerMessage(EventId = 102, Level = LogLevel.Error, Message = "Site {Site} on origin {Origin} is down ({Failure}): it is answered from its snapshot, and probed")]
    private partial void LogSiteDown(string site, string origin, OriginFailure failure);

    [LoggerMessage(EventId = 103, Level = LogLevel.Warning, Message = "Site {Site} is up again")]
    private partial void LogSiteUp(string site);

    [LoggerMessage(EventId = 104, Level = LogLevel.Error, Message = "A request for site {Site} carries the mark of this installation: either the address of origin {Origin} leads here, and is to be corrected, or somebody sends the mark")]
    private partial void LogLoop(string site, string origin);
}

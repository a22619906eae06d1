using System.Reflection;
using EdgeHost.AccessLogs;
using EdgeHost.ControlContracts;
using EdgeHost.Counting;
using EdgeHost.Decisions;
using EdgeHost.Following;
using EdgeHost.Health;
using EdgeHost.Replicas;
using EdgeHost.Sites;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Operating;

namespace EdgeHost.Management;

/// <summary>Puts what the edge knows into the words of the control API.</summary>
internal sealed class SiteReports(SiteTableState tables, StoreView view, StoreFollower follower, ReplicaReports replica, AccessLog accessLog, EdgeIdentity edge, CertificateReports certificates, TimeProvider clock)
{
    private static readonly string Version = typeof(SiteReports).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public SitesResponse Report()
    {
        var now = clock.GetUtcNow();
        return new SitesResponse
        {
            Edge = new EdgeStatus { Id = edge.Id, Version = Version, Now = now, ConfigurationErrors = tables.Refused, AccessLogDropped = accessLog.Dropped, CertificateWarnings = certificates.Warnings(), Replica = replica.Report(), UnknownRequests = ToStatus(tables.Unknown) },
            Store = StoreReport(),
            Sites = [.. tables.Current.Sites.Select(site => Report(site, now))],
        };
    }

    private StoreStatus StoreReport()
    {
        var condition = follower.Condition;
        var journals = view.Journals;
        return new StoreStatus
        {
            Location = view.Store.Location,
            State = condition.State.Name(),
            Problem = condition.Problem,
            Breaker = replica.Breaker,
            Since = condition.Since,
            Id = journals?.Store,
            PublishNumber = journals?.Publish.Head.Number ?? 0,
            OpsNumber = journals?.Ops.Head.Number ?? 0,
            ClockOffsetSeconds = view.Store.ClockOffset?.TotalSeconds,
        };
    }

    private SiteStatus Report(Site site, DateTimeOffset now)
    {
        var state = site.State;
        var (mode, snapshot, publication) = (state.Mode, state.Snapshot, state.Publication);
        var (origin, own) = (site.Origin.Health.Report(), state.Health.Report());
        var shown = origin.View.Phase == HealthPhase.Snapshot || own.View.Phase == HealthPhase.Live ? origin.View : own.View;
        var health = Site.HealthOf(origin.View, own.View, snapshot is not null);
        return new SiteStatus
        {
            Id = site.IdText,
            Name = site.Name,
            Hosts = [.. site.Hosts.Select(host => host.ToString())],
            State = StateOf(mode.Mode, health, snapshot is not null),
            Mode = new ModeStatus(KebabCase.Of(mode.Mode), mode.Scope?.ToString(), mode.Override?.Actor, mode.Override?.Reason, mode.Override?.Since, mode.Override?.ExpiresAt) { Local = mode.Held is { IsLocal: true } ? true : null },
            Origin = new OriginStatus(site.Origin.Name, KebabCase.Of(health), shown.Since, Failure(shown.LastFailure == OriginFailure.None ? own.View.LastFailure : shown.LastFailure), ToStatus(origin)),
            Health = ToStatus(own),
            Content = ToStatus(state.Content.Current),
            Probe = state.Probe is not { } probe ? null : new ProbeStatus(KebabCase.Of(probe.Finding), probe.Sent, probe.Received, probe.At),
            Snapshot = snapshot is null ? null : new SnapshotStatus(
                snapshot.Id, snapshot.Reference.CapturedAt, (long)(now - snapshot.Reference.CapturedAt).TotalSeconds, snapshot.Count, snapshot.Missing),
            Pinned = publication.Pinned,
            SnapshotProblem = state.SnapshotProblem,
            Replica = replica.Report(site),
            LastExport = publication.LastExport is not { } last ? null : new LastExportStatus(KebabCase.Of(last.Outcome), last.At, last.Snapshot?.ToString(), last.Detail),
            Requests = ToStatus(state.Requests),
        };
    }

    private static string StateOf(OperatorMode mode, OriginHealth health, bool hasSnapshot) => (mode, health) switch
    {
        (OperatorMode.Maintenance, _) => "maintenance",
        (OperatorMode.Snapshot, _) => hasSnapshot ? "snapshot" : "unavailable",
        (OperatorMode.Auto, OriginHealth.Ill or OriginHealth.Unreachable) when hasSnapshot => "snapshot",
        (_, OriginHealth.Unreachable) => "unavailable",
        // What is ill and has nothing to turn to stays with the platform, whatever that answers.
        _ => "live",
    };

    /// <summary>Null while all pages that were looked at are there.</summary>
    public static ContentStatus? ToStatus(LostContentReport content) =>
        content.LostPaths == 0 ? null : new ContentStatus(content.IsLost, content.LostPaths, content.LookedPaths, content.IsLost ? content.Since : null, content.Received);

    public static HealthStatus ToStatus(HealthReport report) => new()
    {
        Phase = KebabCase.Of(report.View.Phase),
        Since = report.View.Since,
        Cause = Failure(report.View.Cause),
        LastFailure = Failure(report.View.LastFailure),
        LivePercent = report.View.LivePercent,
        Failures = report.Failures,
        FailedPaths = report.FailedPaths,
        FailedProbes = report.FailedProbes,
        Passes = report.Passes,
        PassesNeeded = report.PassesNeeded,
        Flaps = report.Flaps,
        RemainingSeconds = Math.Round(report.Remaining.TotalSeconds, 3),
    };

    private static RequestStatus ToStatus(RequestCounts requests) =>
        new(Math.Round(requests.PerSecond, 2), [.. requests.All.Select(count => new RequestCount(count.Kind.Name(), count.Reason.Name(), count.Count))]);

    private static string? Failure(OriginFailure failure) => failure == OriginFailure.None ? null : failure.Name();
}

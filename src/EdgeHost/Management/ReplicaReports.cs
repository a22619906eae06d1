using EdgeHost.ControlContracts;
using EdgeHost.Following;
using EdgeHost.Replicas;
using EdgeHost.Sites;
using EdgeHost.SnapshotStore;
using EdgeHost.Upkeep;

namespace EdgeHost.Management;

/// <summary>The replica in the words of the control API.</summary>
internal sealed class ReplicaReports(Replica replica, SnapshotLoader loader, BudgetLoop budget, ScrubLoop scrub)
{
    public string Breaker => KebabCase.Of(replica.Breaker);

    public ReplicaStatus Report()
    {
        var (size, found) = (budget.Size, scrub.Report);
        return new ReplicaStatus
        {
            Files = size?.Files,
            Bytes = size?.Bytes,
            CountedAt = size?.At,
            BudgetBytes = budget.Budget,
            Problem = replica.DiskProblem is { } disk ? $"it can't be written: {disk}" : budget.Problem is { } over ? $"it is larger than its budget: {over}" : null,
            Scrub = new ScrubStatus(found.Checked, found.Damaged, found.Missing, found.Repaired, found.CompletedAt),
        };
    }

    public SiteReplicaStatus Report(Site site)
    {
        var (bodies, bytes) = loader.LeftOf(site);
        return new SiteReplicaStatus(KebabCase.Of(site.Replica), bodies, bytes);
    }
}

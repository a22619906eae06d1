using EdgeHost.Replicas;

namespace EdgeHost.Upkeep;

/// <summary>What is to be removed so that the replica keeps to its budget.</summary>
/// <param name="Files">In the order in which they are removed.</param>
internal sealed record EvictionPlan(IReadOnlyList<ReplicaFile> Files)
{
    /// <summary>What came or was needed so lately is somebody's: a snapshot that is just being brought in, an answer that is just being sent.</summary>
    public static readonly TimeSpan Young = 2 * LastUse.Grain;

    /// <param name="files">What could go.</param>
    /// <param name="total">How many bytes are here.</param>
    /// <param name="budget">How many may be.</param>
    /// <param name="storeAnswers">Whether what is removed could be had again: if not, only that goes which nobody needs.</param>
    /// <param name="now">The time.</param>
    public static EvictionPlan For(IEnumerable<(ReplicaFile File, Worth Worth)> files, long total, long budget, bool storeAnswers, DateTimeOffset now)
    {
        var chosen = new List<ReplicaFile>();
        if (total <= budget)
        {
            return new EvictionPlan(chosen);
        }

        // A little more than must be, so that not each new file makes another one go.
        var target = budget - (budget / 20);
        foreach (var (file, _) in files.Where(MayGo).OrderBy(one => one.Worth).ThenBy(one => one.File.LastUsed))
        {
            if (total <= target)
            {
                break;
            }

            chosen.Add(file);
            total -= file.Length;
        }

        return new EvictionPlan(chosen);

        bool MayGo((ReplicaFile File, Worth Worth) one) => one.Worth != Worth.Kept && (storeAnswers || one.Worth == Worth.Unreferenced) && IsOld(one.File, now);
    }

    private static bool IsOld(ReplicaFile file, DateTimeOffset now) => now - file.LastUsed >= Young;
}

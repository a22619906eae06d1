namespace EdgeHost.Health;

/// <summary>
/// Whether a site's pages are still there: a platform that was deleted behind a balancer that survives refuses nothing, it answers with 404, a parking page or
/// a login. Told what each look at an answer found. Visitors' answers raise the suspicion, as they alone tell of many pages; what convicts are looks of the edge's
/// own, which nobody can bring about by what they send or by where they come from. Its lock guards it.
/// </summary>
internal sealed class LostContent(TimeProvider clock)
{
    // More pages than this tell no more.
    private const int MostPaths = 256;
    private const int FewestOwn = 3;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Dictionary<int, PageLook> visits = [];
    private readonly Dictionary<int, PageLook> own = [];
    private string? received;
    private long beganAt;
    private volatile bool weighs;
    private volatile LostContentReport current = LostContentReport.Kept;
    private volatile HomeLook? home;

    public LostContentReport Current => current;

    /// <summary>What the edge itself last found at the home page; null before it looked.</summary>
    public HomeLook? Home => home;

    /// <summary>An answer has been looked at.</summary>
    /// <param name="look">What was found.</param>
    /// <param name="rules">How much of it is enough.</param>
    /// <param name="documents">How many pages the snapshot holds: a site of three pages can't lose five.</param>
    /// <returns>Whether that changes what is said of the site, and whether the edge is to look itself.</returns>
    public (bool IsNews, bool WantsChecks) Add(in PageLook look, HealthRules rules, int documents)
    {
        if (look is { IsOwn: true, IsHome: true })
        {
            home = new HomeLook(look.IsLost, clock.GetTimestamp());
        }

        if (!look.IsLost && !weighs)
        {
            return (false, false);
        }

        lock (gate)
        {
            if (weighs && !current.IsLost && clock.GetElapsedTime(beganAt) >= Window)
            {
                Forget();
            }

            if (look.IsLost && !weighs)
            {
                weighs = true;
                beganAt = clock.GetTimestamp();
            }

            if (!Keep(look.IsOwn ? own : visits, look))
            {
                return (false, false);
            }

            received = look.IsLost ? look.Received : received;

            var isNews = Judge(rules, documents);
            return (isNews, !look.IsOwn && (current.IsLost ? !look.IsLost : look.IsLost && IsSuspected(rules, documents)));
        }
    }

    /// <summary>It is its origin that has lost the content, and that answers for it.</summary>
    /// <returns>Whether it had counted as lost.</returns>
    public bool Absolve()
    {
        lock (gate)
        {
            var wasLost = current.IsLost;
            current = LostContentReport.Kept;
            Forget();
            return wasLost;
        }
    }

    // Whether it says anything new: of a site that stays lost each request comes here.
    private static bool Keep(Dictionary<int, PageLook> looks, in PageLook look)
    {
        if (looks.TryGetValue(look.Path, out var before) ? before.IsLost == look.IsLost && before.LeadsTo == look.LeadsTo : looks.Count >= MostPaths)
        {
            return false;
        }

        looks[look.Path] = look;
        return true;
    }

    private bool Judge(HealthRules rules, int documents)
    {
        var lost = visits.Values.Concat(own.Values).Where(look => look.IsLost).ToList();
        var paths = PathsOf(lost.DistinctBy(look => look.Path));
        var before = current;
        // Once lost, it is lost until the edge finds the home page there again: what each visitor gets may differ.
        var isLost = before.IsLost ? !IsHomeKept : IsSuspected(rules, documents) && IsConfirmed(rules, documents) && paths >= Math.Min(rules.LostPaths, documents);
        current = new LostContentReport(isLost, paths, visits.Keys.Union(own.Keys).Count(), isLost == before.IsLost ? before.Since : clock.GetUtcNow(), received);
        if (lost.Count == 0 || (before.IsLost && !isLost))
        {
            Forget();
        }

        return isLost != before.IsLost;
    }

    // One page less than it takes: the home page may be the one that nobody asked for.
    private bool IsSuspected(HealthRules rules, int documents)
    {
        var paths = PathsOf(visits.Values.Where(look => look.IsLost));
        return paths >= Math.Max(1, Math.Min(rules.LostPaths, documents) - 1) && paths >= visits.Count * rules.FallShare;
    }

    private bool IsConfirmed(HealthRules rules, int documents)
    {
        var lost = own.Values.Where(look => look.IsLost).ToList();
        var paths = PathsOf(lost);
        return lost.Exists(look => look.IsHome) && paths >= OwnOf(rules, documents) && paths * 2 >= own.Count;
    }

    /// <summary>How many pages the edge must have found gone itself, the home page among them.</summary>
    public static int OwnOf(HealthRules rules, int documents) => Math.Min(FewestOwn, Math.Min(rules.LostPaths, documents));

    private bool IsHomeKept => own.Values.Any(look => look is { IsHome: true, IsLost: false });

    // Pages that have moved each lead to a page of their own; those that are gone lead to one and the same.
    private static int PathsOf(IEnumerable<PageLook> lost)
    {
        var byTarget = lost.CountBy(look => look.LeadsTo).ToList();
        return byTarget.Where(target => target.Key == 0).Sum(target => target.Value) + byTarget.Where(target => target.Key != 0).Select(target => target.Value).DefaultIfEmpty().Max();
    }

    private void Forget()
    {
        visits.Clear();
        own.Clear();
        weighs = false;
        if (!current.IsLost)
        {
            current = LostContentReport.Kept;
        }
    }
}

/// <summary>What a look at one answer found.</summary>
/// <param name="Path">A hash of the path.</param>
/// <param name="IsHome">Whether it is the site's home page.</param>
/// <param name="IsLost">Whether what was answered is not the site's page.</param>
/// <param name="LeadsTo">For a redirect inside the site, a hash of where to; 0 otherwise.</param>
/// <param name="IsOwn">Whether it was the edge that asked.</param>
/// <param name="Received">What came, in words.</param>
internal readonly record struct PageLook(int Path, bool IsHome, bool IsLost, int LeadsTo, bool IsOwn, string Received);

/// <summary>What the edge found at a site's home page.</summary>
/// <param name="IsLost">Whether it was something else.</param>
/// <param name="At">When (<see cref="TimeProvider.GetTimestamp"/>).</param>
internal sealed record HomeLook(bool IsLost, long At);

/// <summary>What is known of a site's content.</summary>
/// <param name="IsLost">Whether the platform answers, and not with the site.</param>
/// <param name="LostPaths">Distinct pages that were answered with something else.</param>
/// <param name="LookedPaths">Distinct pages that were looked at since the first of those.</param>
/// <param name="Since">Since when it is lost, or was found again.</param>
/// <param name="Received">What came last instead of a page; null: nothing did.</param>
internal sealed record LostContentReport(bool IsLost, int LostPaths, int LookedPaths, DateTimeOffset? Since, string? Received)
{
    public static LostContentReport Kept { get; } = new(false, 0, 0, null, null);
}

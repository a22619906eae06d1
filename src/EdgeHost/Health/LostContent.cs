namespace EdgeHost.Health;

/// <summary>
/// Whether a site's pages are still there: a platform that was deleted behind a balancer that survives refuses nothing, it answers with 404, a parking page or
/// a login. Told what each look at an answer found; says so when many pages, the home page among them, are gone. Its lock guards it.
/// </summary>
internal sealed class LostContent(TimeProvider clock)
{
    // More pages than this tell no more.
    private const int MostPaths = 256;
    private const int MostVisitors = 8;
    private const int FewestChecked = 3;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Dictionary<int, PageLook> looks = [];
    private readonly HashSet<int> visitors = [];
    private long beganAt;
    private volatile bool weighs;
    private volatile LostContentReport current = LostContentReport.Kept;

    public LostContentReport Current => current;

    /// <summary>Whether something is suspected, and a look of the edge's own would help: at the home page, or for want of a second visitor.</summary>
    public bool WantsChecks(int fallVisitors)
    {
        lock (gate)
        {
            return weighs && !current.IsLost && (visitors.Count < fallVisitors || !looks.Values.Any(look => look.IsHome));
        }
    }

    /// <summary>An answer has been looked at.</summary>
    /// <param name="look">What was found.</param>
    /// <param name="rules">How much of it is enough.</param>
    /// <param name="documents">How many pages the snapshot holds: a site of three pages can't lose five.</param>
    /// <returns>Whether that changes what is said of the site.</returns>
    public bool Add(in PageLook look, HealthRules rules, int documents)
    {
        if (!look.IsLost && !weighs)
        {
            return false;
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

            return Keep(look) && Judge(rules, documents);
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
    private bool Keep(in PageLook look)
    {
        var isNews = look is { IsLost: true, IsOwn: false } && visitors.Count < MostVisitors && visitors.Add(look.Visitor);
        var isKnown = looks.TryGetValue(look.Path, out var before);
        // What the edge has seen itself is not made less by a visitor who sees the same.
        var next = look with { IsOwn = look.IsOwn || (look.IsLost && before is { IsLost: true, IsOwn: true }) };
        if (isKnown ? before.IsLost == next.IsLost && before.IsOwn == next.IsOwn && before.LeadsTo == next.LeadsTo : looks.Count >= MostPaths)
        {
            return isNews;
        }

        looks[look.Path] = next;
        return true;
    }

    private bool Judge(HealthRules rules, int documents)
    {
        var lost = looks.Values.Where(look => look.IsLost).ToList();
        // Pages that have moved each lead to a page of their own; those that are gone lead to one and the same.
        var toOnePage = lost.Where(look => look.LeadsTo != 0).GroupBy(look => look.LeadsTo).Select(group => group.Count()).DefaultIfEmpty().Max();
        var paths = lost.Count(look => look.LeadsTo == 0) + toOnePage;
        var isLost = paths >= Math.Min(rules.LostPaths, documents)
            && lost.Exists(look => look.IsHome)
            && paths >= looks.Count * rules.FallShare
            && (visitors.Count >= rules.FallVisitors || lost.Count(look => look.IsOwn) >= Math.Min(FewestChecked, documents));
        var before = current;
        current = new LostContentReport(isLost, paths, looks.Count, isLost == before.IsLost ? before.Since : clock.GetUtcNow(), lost.Count == 0 ? before.Received : lost[^1].Received);
        if (lost.Count == 0)
        {
            Forget();
        }

        return isLost != before.IsLost;
    }

    private void Forget()
    {
        looks.Clear();
        visitors.Clear();
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
/// <param name="Visitor">Who asked.</param>
/// <param name="IsOwn">Whether it was the edge.</param>
/// <param name="Received">What came, in words.</param>
internal readonly record struct PageLook(int Path, bool IsHome, bool IsLost, int LeadsTo, int Visitor, bool IsOwn, string Received);

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

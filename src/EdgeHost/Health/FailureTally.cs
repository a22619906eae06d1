namespace EdgeHost.Health;

/// <summary>
/// What passed and failed since it was last cleared. A path that visitors failed on and that the edge finds well itself, asked later, is cleared: what those met may be
/// of their making, and one person may have two networks. Not safe for threads: its owner's lock guards it.
/// </summary>
internal sealed class FailureTally
{
    // Enough to tell one from many, and no more memory than that however many fail.
    private const int MostPaths = 128;
    private const int MostVisitors = 8;

    private readonly Dictionary<int, FailedPath> paths = [];
    private int checkedPaths;

    /// <summary>Those of paths that are not cleared.</summary>
    public int Failures { get; private set; }

    public int Passes { get; private set; }

    /// <summary>Distinct paths among the failures.</summary>
    public int FailedPaths { get; private set; }

    private double Share => Failures / Math.Max(1.0, Failures + Passes);

    public void Add(in HealthEvidence evidence)
    {
        var isOwn = evidence.Visitor == HealthEvidence.Ourselves;
        if (!paths.TryGetValue(evidence.Path, out var path))
        {
            if (evidence.Passed || paths.Count == MostPaths)
            {
                Count(evidence);
                return;
            }

            paths.Add(evidence.Path, path = new FailedPath(evidence.StartedAt));
            FailedPaths++;
        }

        if (evidence.Passed)
        {
            Passes++;
            if (isOwn && path.Visitors.Count > 0 && evidence.StartedAt > path.FirstAt)
            {
                Clear(path);
            }
        }
        else if (isOwn)
        {
            AddOwn(path);
        }
        else
        {
            AddVisitors(path, evidence.Visitor);
        }
    }

    public void Clear()
    {
        (Failures, Passes, FailedPaths, checkedPaths) = (0, 0, 0, 0);
        paths.Clear();
    }

    /// <summary>Whether that is enough to turn to the snapshot.</summary>
    public bool Convicts(HealthRules rules) => Convicts(rules, rules.FallPaths);

    /// <summary>Whether it is when so many paths are enough.</summary>
    public bool Convicts(HealthRules rules, int least) => Failures >= rules.Fall && FailedPaths >= least && Share >= rules.FallShare && (checkedPaths >= least || HasVisitors(rules.FallVisitors));

    /// <summary>Whether that is enough to see that most of it is well.</summary>
    public bool Acquits(HealthRules rules) => Failures + Passes >= rules.Fall && Share < rules.FallShare;

    /// <summary>Whether something failed that the edge is to ask for itself. Where one visitor's word is enough it need not.</summary>
    public bool LacksWitness(HealthRules rules) => paths.Count > 0 && checkedPaths < rules.FallPaths && rules.FallVisitors > 1;

    private void Count(in HealthEvidence evidence)
    {
        if (evidence.Passed)
        {
            Passes++;
        }
        else
        {
            Failures++;
        }
    }

    private void AddVisitors(FailedPath path, int visitor)
    {
        path.Failures++;
        Failures += path.IsCleared ? 0 : 1;
        if (path.Visitors.Count < MostVisitors && !path.Visitors.Contains(visitor))
        {
            path.Visitors.Add(visitor);
        }
    }

    private void AddOwn(FailedPath path)
    {
        if (path.Visitors.Count == 0)
        {
            path.Failures++;
            Failures++;
        }
        else if (path.IsCleared)
        {
            path.IsCleared = false;
            Failures += path.Failures;
            FailedPaths++;
        }

        // What visitors have met is confirmed by it, and no more for it: the edge asks for what fails, which is no measure of how much does.
        checkedPaths += path.IsChecked ? 0 : 1;
        path.IsChecked = true;
    }

    private void Clear(FailedPath path)
    {
        if (!path.IsCleared)
        {
            path.IsCleared = true;
            Failures -= path.Failures;
            FailedPaths--;
        }

        checkedPaths -= path.IsChecked ? 1 : 0;
        path.IsChecked = false;
    }

    private bool HasVisitors(int least)
    {
        Span<int> visitors = stackalloc int[MostVisitors];
        var count = 0;
        foreach (var path in paths.Values)
        {
            if (path.IsCleared)
            {
                continue;
            }

            foreach (var visitor in path.Visitors)
            {
                if (!visitors[..count].Contains(visitor))
                {
                    visitors[count++] = visitor;
                    if (count >= Math.Min(least, MostVisitors))
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    /// <summary>A path that has failed.</summary>
    /// <param name="firstAt">When it was first asked for in vain.</param>
    private sealed class FailedPath(long firstAt)
    {
        public long FirstAt => firstAt;

        public int Failures { get; set; }

        public List<int> Visitors { get; } = [];

        /// <summary>Whether the edge has met it itself.</summary>
        public bool IsChecked { get; set; }

        /// <summary>Whether the edge has found it well since, so that it is not counted.</summary>
        public bool IsCleared { get; set; }
    }
}

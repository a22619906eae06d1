using EdgeHost.Health;
using EdgeHost.Snapshots;

namespace EdgeHost.Sites;

/// <summary>The pages of a site that the edge is to ask for on its own account: what one visitor alone has met is not to be believed, and not to be ignored either.</summary>
internal sealed class PageChecks(TimeProvider clock)
{
    private const int MostPages = 3;

    private readonly Lock gate = new();
    private readonly List<PageAddress> pages = [];

    /// <summary>One round at a time.</summary>
    public TrickleGate Rounds { get; } = new(clock);

    /// <summary>A visitor has met something wrong there.</summary>
    public void Remember(PageAddress page)
    {
        lock (gate)
        {
            if (!pages.Remove(page) && pages.Count == MostPages)
            {
                pages.RemoveAt(0);
            }

            pages.Add(page);
        }
    }

    public bool HasMore
    {
        get
        {
            lock (gate)
            {
                return pages.Count > 0;
            }
        }
    }

    /// <summary>The last few of those.</summary>
    public IReadOnlyList<PageAddress> Take()
    {
        lock (gate)
        {
            PageAddress[] taken = [.. pages];
            pages.Clear();
            return taken;
        }
    }
}

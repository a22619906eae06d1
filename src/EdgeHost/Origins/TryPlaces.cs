namespace EdgeHost.Origins;

/// <summary>
/// The places for single tries at an origin that is not well. One network gets a third of them at most, and one in any case: a single visitor with ten forms that hang
/// must not keep all others out.
/// </summary>
internal sealed class TryPlaces
{
    private const int NetworksAtLeast = 3;

    private readonly Lock gate = new();
    // No more entries than places that are taken.
    private readonly Dictionary<int, int> taken = [];
    private int all;

    /// <summary>Takes a place; give it back with <see cref="End"/>.</summary>
    /// <param name="most">How many there are.</param>
    /// <param name="visitor">Who wants it, as <see cref="Clients.VisitorNetwork"/> tells them apart.</param>
    public bool TryBegin(int most, int visitor)
    {
        lock (gate)
        {
            var own = taken.GetValueOrDefault(visitor);
            if (all >= most || own >= Math.Max(1, most / NetworksAtLeast))
            {
                return false;
            }

            taken[visitor] = own + 1;
            all++;
            return true;
        }
    }

    public void End(int visitor)
    {
        lock (gate)
        {
            all--;
            if (--taken[visitor] == 0)
            {
                taken.Remove(visitor);
            }
        }
    }
}

using System.Collections.Immutable;

namespace EdgeHost.SnapshotStore.Operating;

/// <summary>
/// Which override wins: the narrowest (path, site, group, origin, all). Of two paths the longer, of two groups the one that keeps more away
/// from the origin: maintenance, snapshot, live, auto; and then the name that sorts first, so that all edges agree.
/// </summary>
public static class Precedence
{
    /// <summary>The one that wins first.</summary>
    public static IComparer<HeldOverride> Order { get; } = Comparer<HeldOverride>.Create(Compare);

    /// <summary>The overrides that hold for a site or for a part of it, the one that wins first.</summary>
    public static ImmutableArray<HeldOverride> Of(ScopedSite site, IEnumerable<HeldOverride> held) => [.. held.Where(one => one.Scope.Covers(site)).Order(Order)];

    /// <summary>Below zero when <paramref name="a"/> wins. Total: zero only for the same scope.</summary>
    public static int Compare(HeldOverride a, HeldOverride b)
    {
        var kind = b.Scope.Kind.CompareTo(a.Scope.Kind);
        if (kind != 0)
        {
            return kind;
        }

        var within = a.Scope.Kind switch
        {
            ScopeKind.Path => b.Scope.Path.Length.CompareTo(a.Scope.Path.Length),
            ScopeKind.Group => Restriction(b.Override.Mode).CompareTo(Restriction(a.Override.Mode)),
            _ => 0,
        };
        return within != 0 ? within : string.CompareOrdinal(a.Scope.ToString(), b.Scope.ToString());
    }

    private static int Restriction(OperatorMode mode) => mode switch
    {
        OperatorMode.Maintenance => 3,
        OperatorMode.Snapshot => 2,
        OperatorMode.Live => 1,
        _ => 0,
    };
}

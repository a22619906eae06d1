using System.Collections.Immutable;

namespace EdgeHost.SnapshotStore.Operating;

/// <summary>Overrides by what they are set on: those of one site among many are found without a look at the others.</summary>
public sealed class OverrideIndex(IEnumerable<HeldOverride> held)
{
    private readonly ILookup<(ScopeKind Kind, string Name), HeldOverride> byScope = held.ToLookup(one => (KindOf(one.Scope), one.Scope.Name));

    public bool IsEmpty => byScope.Count == 0;

    /// <summary>The overrides that hold for a site or for a part of it, the one that wins first.</summary>
    public ImmutableArray<HeldOverride> Of(ScopedSite site) => Precedence.Of(site,
    [
        .. byScope[(ScopeKind.All, "")],
        .. byScope[(ScopeKind.Origin, site.Origin)],
        .. site.Groups.Distinct().SelectMany(group => byScope[(ScopeKind.Group, group)]),
        .. byScope[(ScopeKind.Site, site.Id.ToString())],
    ]);

    // What is set for a part of a site is found with the site.
    private static ScopeKind KindOf(OverrideScope scope) => scope.Kind == ScopeKind.Path ? ScopeKind.Site : scope.Kind;
}

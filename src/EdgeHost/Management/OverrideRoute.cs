using EdgeHost.Sites;
using EdgeHost.SnapshotStore.Operating;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.Management;

/// <summary>The scopes behind the addresses that <see cref="ControlContracts.ScopePath"/> makes.</summary>
internal sealed record OverrideRoute(string Pattern, Func<HttpRequest, OverrideScope?> ScopeOf)
{
    public static readonly IReadOnlyList<OverrideRoute> All =
    [
        new("all", _ => OverrideScope.All),
        new("origins/{name}", request => OverrideScope.TryOrigin(Name(request), out var scope) ? scope : null),
        new("groups/{name}", request => OverrideScope.TryGroup(Name(request), out var scope) ? scope : null),
        new("sites/{name}", request => SiteId.TryParse(Name(request), out var site) ? OverrideScope.Of(site) : null),
        new("sites/{name}/paths", request => SiteId.TryParse(Name(request), out var site) && OverrideScope.TryPath(site, request.Query["prefix"], out var scope) ? scope : null),
    ];

    /// <summary>The refusal of a scope that there can't be.</summary>
    public static IResult Refuse(HttpRequest request) => request.Path.Value!.EndsWith("/paths", StringComparison.Ordinal)
        ? ManagementProblems.BadRequest($"'{request.Query["prefix"]}' is not a path to set a mode for: use ?prefix=/shop, without a query, ';' and ','. The whole site has a scope of its own.")
        : ManagementProblems.NotFound($"There is no '{Name(request)}'.");

    /// <summary>Why nothing on this edge is covered by a scope; null when something is.</summary>
    public static string? UnknownOn(SiteTable table, OverrideScope scope)
    {
        if (table.Sites.Any(site => scope.Covers(site.Scoped)))
        {
            return null;
        }

        var known = scope.Kind switch
        {
            ScopeKind.Origin => table.Sites.Select(site => site.Origin.Name),
            ScopeKind.Group => table.Sites.SelectMany(site => site.Groups),
            _ => table.Sites.Select(site => site.IdText),
        };
        return $"No {(scope.Kind == ScopeKind.Path ? "site" : scope.Kind.ToString().ToLowerInvariant())} '{scope.Name}' is configured on this edge. There are: {string.Join(", ", known.Distinct().Order(StringComparer.Ordinal).Take(20))}.";
    }

    private static string Name(HttpRequest request) => (string?)request.RouteValues["name"] ?? "";
}

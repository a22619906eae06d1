namespace EdgeHost.ControlContracts;

/// <summary>Where a scope lies in the control API.</summary>
public static class ScopePath
{
    /// <summary>What to put after <c>/api/v1/overrides/</c> for <c>all</c>, <c>origin:{name}</c>, <c>group:{name}</c>, <c>site:{id}</c> or <c>site:{id}/path</c>; null for anything else. Whether there is such a thing is the edge's to say.</summary>
    public static string? Of(string scope)
    {
        if (scope == "all")
        {
            return scope;
        }

        var colon = scope.IndexOf(':', StringComparison.Ordinal);
        var (kind, rest) = colon < 0 ? ("", "") : (scope[..colon], scope[(colon + 1)..]);
        var slash = kind == "site" ? rest.IndexOf('/', StringComparison.Ordinal) : -1;
        var name = Uri.EscapeDataString(slash < 0 ? rest : rest[..slash]);
        return kind switch
        {
            _ when name.Length == 0 => null,
            "origin" => $"origins/{name}",
            "group" => $"groups/{name}",
            "site" when slash < 0 => $"sites/{name}",
            "site" => $"sites/{name}/paths?prefix={Uri.EscapeDataString(rest[slash..])}",
            _ => null,
        };
    }
}

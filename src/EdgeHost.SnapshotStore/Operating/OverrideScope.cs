using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using EdgeHost.SnapshotStore.Sites;
using EdgeHost.SnapshotStore.Targets;

namespace EdgeHost.SnapshotStore.Operating;

/// <summary>What an override holds for: <c>all</c> sites, <c>origin:{name}</c>, <c>group:{name}</c>, <c>site:{id}</c>, or what lies under a path of a site, <c>site:{id}/shop</c>.</summary>
public readonly partial record struct OverrideScope
{
    private const string AllText = "all";
    private const string OriginPrefix = "origin:";
    private const string GroupPrefix = "group:";
    private const string SitePrefix = "site:";
    private const int LongestPath = 512;

    // They would end the scope's name in a response header.
    private static readonly SearchValues<char> Separators = SearchValues.Create(";,");

    private readonly string? text;
    private readonly string? name;

    private OverrideScope(ScopeKind kind, string prefix, string name, string path = "")
    {
        Kind = kind;
        this.name = name;
        Path = path;
        text = $"{prefix}{name}{path}";
    }

    public static OverrideScope All { get; } = new(ScopeKind.All, AllText, "");

    public ScopeKind Kind { get; }

    /// <summary>The name of the origin or group, or the site's id.</summary>
    public string Name => name ?? "";

    /// <summary>The canonical path without a slash at its end; empty for other kinds.</summary>
    public string Path { get => field ?? ""; }

    public static OverrideScope Of(SiteId site) => new(ScopeKind.Site, SitePrefix, site.ToString());

    public static bool TryOrigin(string? name, out OverrideScope scope) => TryNamed(ScopeKind.Origin, OriginPrefix, name, out scope);

    public static bool TryGroup(string? name, out OverrideScope scope) => TryNamed(ScopeKind.Group, GroupPrefix, name, out scope);

    /// <summary>A path and all that lies under it: <c>/shop</c> is <c>/shop</c> and <c>/shop/a</c>, and not <c>/shopping</c>. For the whole site there is its own scope.</summary>
    public static bool TryPath(SiteId site, string? prefix, out OverrideScope scope)
    {
        scope = prefix is { Length: <= LongestPath } && RequestTarget.TryParse(prefix, out var target, out _)
            && target.Query is null && target.Path.TrimEnd('/') is { Length: > 0 and <= LongestPath } path && !path.AsSpan().ContainsAny(Separators)
            ? new OverrideScope(ScopeKind.Path, SitePrefix, site.ToString(), path)
            : default;
        return scope.text is not null;
    }

    public static bool TryParse([NotNullWhen(true)] string? text, out OverrideScope scope)
    {
        scope = text == AllText ? All : default;
        return scope.text is not null
            || (After(OriginPrefix, text) is { } origin && TryOrigin(origin, out scope))
            || (After(GroupPrefix, text) is { } group && TryGroup(group, out scope))
            || (After(SitePrefix, text) is { } site && TrySite(site, out scope));
    }

    /// <summary>Whether a name of an origin or a group can stand in a scope: 1 to 63 letters, digits, <c>-</c>, <c>.</c> and <c>_</c>, beginning with a letter or digit.</summary>
    public static bool IsName([NotNullWhen(true)] string? name) => name is not null && NameForm().IsMatch(name);

    /// <summary>Whether it holds for a site, or for a part of it.</summary>
    public bool Covers(ScopedSite site) => Kind switch
    {
        ScopeKind.All => true,
        ScopeKind.Origin => Name == site.Origin,
        ScopeKind.Group => site.Groups.Contains(Name),
        _ => Name == site.Id.ToString(),
    };

    /// <summary>Whether it holds for a canonical path of a site that it covers.</summary>
    public bool CoversPath(string path) => path.StartsWith(Path, StringComparison.Ordinal) && (Path.Length == 0 || path.Length == Path.Length || path[Path.Length] == '/');

    public override string ToString() => text ?? "";

    private static bool TryNamed(ScopeKind kind, string prefix, string? name, out OverrideScope scope)
    {
        scope = IsName(name) ? new OverrideScope(kind, prefix, name) : default;
        return scope.text is not null;
    }

    private static bool TrySite(string text, out OverrideScope scope)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        scope = default;
        if (!SiteId.TryParse(slash < 0 ? text : text[..slash], out var site))
        {
            return false;
        }

        scope = Of(site);
        return slash < 0 || TryPath(site, text[slash..], out scope);
    }

    private static string? After(string prefix, string? text) => text is not null && text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : null;

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,62}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex NameForm();
}

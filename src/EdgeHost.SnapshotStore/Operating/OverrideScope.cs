using System.Diagnostics.CodeAnalysis;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.SnapshotStore.Operating;

/// <summary>What an override holds for: <c>all</c> sites or <c>site:{id}</c>. The narrower one wins.</summary>
public readonly record struct OverrideScope
{
    private const string AllText = "all";
    private const string SitePrefix = "site:";

    private readonly string? text;

    private OverrideScope(string text) => this.text = text;

    public static OverrideScope All { get; } = new(AllText);

    public static OverrideScope Of(SiteId site) => new(SitePrefix + site);

    public static bool TryParse([NotNullWhen(true)] string? text, out OverrideScope scope)
    {
        scope = text == AllText ? All
            : text is not null && text.StartsWith(SitePrefix, StringComparison.Ordinal) && SiteId.TryParse(text[SitePrefix.Length..], out var site) ? Of(site)
            : default;
        return scope.text is not null;
    }

    public override string ToString() => text ?? "";
}

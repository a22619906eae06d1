using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using EdgeHost.SnapshotStore.Sites;
using StaticExport.Urls;

namespace StaticExport.Scoping;

/// <summary>A host of the site, with the port that visitors use when it is not their scheme's own.</summary>
internal sealed record SiteAuthority(HostName Host, int? Port)
{
    public static bool TryParse(string? text, [NotNullWhen(true)] out SiteAuthority? authority)
    {
        authority = null;
        if (!HostName.TryParse(text, out var host))
        {
            return false;
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        authority = new SiteAuthority(host, colon < 0 || colon == text.Length - 1 ? null : int.Parse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture));
        return true;
    }

    public bool IsHostOf(WebUrl url) => string.Equals(url.Host, Host.ToString(), StringComparison.Ordinal);

    /// <summary>Whether a URL leads here. Another port of the same host is another server.</summary>
    public bool Covers(WebUrl url) => IsHostOf(url) && url.Port == PortFor(url.Scheme);

    public int PortFor(string scheme) => Port ?? WebUrl.DefaultPort(scheme);

    public override string ToString() => Port is null ? Host.ToString() : string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}

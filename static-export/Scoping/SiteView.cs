using StaticExport.Urls;

namespace StaticExport.Scoping;

/// <summary>The site as it is seen on one scheme and host.</summary>
internal sealed record SiteView(string Scheme, SiteAuthority Authority)
{
    /// <summary>The public URL of a target on this view.</summary>
    public WebUrl UrlOf(string target)
    {
        var question = target.IndexOf('?', StringComparison.Ordinal);
        return new WebUrl(
            Scheme,
            Authority.Host.ToString(),
            Authority.PortFor(Scheme),
            question < 0 ? target : target[..question],
            question < 0 ? null : target[(question + 1)..]);
    }

    public bool Covers(WebUrl url) => url.Scheme == Scheme && Authority.Covers(url);

    public override string ToString() => $"{Scheme}://{Authority}";
}

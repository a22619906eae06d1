using System.Collections.Concurrent;
using System.Collections.Frozen;
using EdgeHost.Demo.Platform.Agencies;

namespace EdgeHost.Demo.Platform.Pictures;

/// <summary>
/// Every picture is painted once. Nothing is ever dropped: the keys come from the talents and not from the visitors, so
/// there are some hundreds of them and not more.
/// </summary>
internal sealed class PictureCache
{
    private readonly ConcurrentDictionary<(Talent Talent, int Take), Lazy<FrozenDictionary<string, Picture>>> sheets = new();
    private readonly ConcurrentDictionary<(Agency Agency, string Name), Lazy<Picture>> singles = new();

    /// <summary>Null for a take or a rendition that no page asks for.</summary>
    public Picture? Portrait(Agency agency, Talent talent, int take, string rendition)
    {
        if (take is < 0 or >= ContactSheet.Takes)
        {
            return null;
        }

        var sheet = sheets.GetOrAdd((talent, take), _ => new(() => ContactSheet.Develop(agency, talent, take)));
        return sheet.Value.GetValueOrDefault(rendition);
    }

    public Picture Single(Agency agency, string name, Func<Picture> paint) =>
        singles.GetOrAdd((agency, name), _ => new(paint)).Value;
}

using EdgeHost.Demo.Platform.Agencies;
using EdgeHost.Demo.Platform.Markup;

namespace EdgeHost.Demo.Platform.Pictures;

/// <summary>Responsive pictures. <c>alt</c> is empty where the name stands beside the picture.</summary>
internal static class PortraitMarkup
{
    /// <summary>The portrait as cards have it: WebP on small screens, JPEG in two sizes elsewhere.</summary>
    public static Html Small(Talent talent, string sizes, string alt, bool eager = false) => Html.Of($"""
        <picture><source type="image/webp" media="(max-width: 30rem)" srcset="{Link(talent, 0, "320.webp")}"><img src="{Link(talent, 0, "640.jpg")}" srcset="{Link(talent, 0, "320.jpg")} 320w, {Link(talent, 0, "640.jpg")} 640w" sizes="{sizes}" alt="{alt}" width="640" height="800" loading="{Loading(eager)}" decoding="async"></picture>
        """);

    /// <summary>The portrait at the head of a page.</summary>
    public static Html Large(Talent talent, string sizes, string alt) => Html.Of($"""
        <picture><img src="{Link(talent, 0, "640.jpg")}" srcset="{Link(talent, 0, "320.jpg")} 320w, {Link(talent, 0, "640.jpg")} 640w" sizes="{sizes}" alt="{alt}" width="640" height="800" decoding="async" fetchpriority="high"></picture>
        """);

    /// <summary>Another picture of the same person.</summary>
    public static Html Further(Talent talent, int take, string sizes, string alt, bool eager = false) => Html.Of($"""
        <picture><img src="{Link(talent, take, "480.jpg")}" srcset="{Link(talent, take, "320.jpg")} 320w, {Link(talent, take, "480.jpg")} 480w" sizes="{sizes}" alt="{alt}" width="480" height="600" loading="{Loading(eager)}" decoding="async"></picture>
        """);

    public static string Link(Talent talent, int take, string rendition) => $"/portraits/{talent.Slug}/{take}-{rendition}";

    private static string Loading(bool eager) => eager ? "eager" : "lazy";
}

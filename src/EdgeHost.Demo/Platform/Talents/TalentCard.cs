using EdgeHost.Demo.Platform.Agencies;
using EdgeHost.Demo.Platform.Markup;
using EdgeHost.Demo.Platform.Pictures;

namespace EdgeHost.Demo.Platform.Talents;

internal static class TalentCard
{
    private const string Sizes = "(min-width: 60rem) 22rem, (min-width: 36rem) 45vw, 92vw";

    public static string Link(Talent talent) => $"/talents/{talent.Slug}";

    public static Html Render(Talent talent) => Html.Of($"""
        <article class="card"><a href="{Link(talent)}">{PortraitMarkup.Small(talent, Sizes, alt: "")}<h3>{talent.Name}</h3><p>{talent.Category.Role}<span> · {talent.City}</span></p></a></article>
        """);
}

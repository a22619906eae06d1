using System.Text.Json.Nodes;
using EdgeHost.Demo.Platform.Agencies;
using EdgeHost.Demo.Platform.Markup;
using EdgeHost.Demo.Platform.Pictures;

namespace EdgeHost.Demo.Platform.Talents;

internal static class TalentPage
{
    public static Page For(Visit visit, Talent talent) => new()
    {
        Kind = "talent",
        Title = $"{talent.Name}, {talent.Category.Role} — {visit.Agency.Profile.Name}",
        Description = talent.Biography[0],
        Canonical = TalentCard.Link(talent),
        OpenGraphImage = $"/og/{talent.Slug}.jpg",
        Head = new Html($"""<script type="application/ld+json">{StructuredData(visit, talent)}</script>"""),
        Body = Html.Of($"""
            <article class="talent">
            <div class="talent-portrait">{PortraitMarkup.Large(talent, "(min-width: 60rem) 40rem, 92vw", $"Portrait of {talent.Name}")}</div>
            <header class="talent-title"><p class="kicker"><a href="{new TalentQuery(talent.Category, 1).Link()}">{talent.Category.Name}</a></p><h1>{talent.FirstName} <span>{talent.LastName}</span></h1><button class="button" type="button" data-shortlist-toggle="{talent.Slug}">Shortlist</button></header>
            <div class="talent-text">
            {Html.Each(talent.Biography, paragraph => Html.Of($"<p>{paragraph}</p>"))}
            <dl class="facts"><div><dt>Based in</dt><dd>{talent.City}</dd></div><div><dt>Height</dt><dd>{talent.HeightCentimetres} cm</dd></div><div><dt>With us since</dt><dd>{talent.Since}</dd></div><div><dt>Skills</dt><dd>{string.Join(", ", talent.Skills)}</dd></div></dl>
            </div>
            <section class="credits"><h2>Credits</h2><table><thead><tr><th scope="col">Year</th><th scope="col">Work</th><th scope="col">Part</th><th scope="col">For</th></tr></thead><tbody>{Html.Each(talent.Credits, credit => Html.Of($"<tr><td>{credit.Year}</td><th scope=\"row\">{credit.Work}</th><td>{credit.Part}</td><td>{credit.Venue}</td></tr>"))}</tbody></table></section>
            <section class="gallery" aria-label="More pictures of {talent.Name}">{Html.Each(Enumerable.Range(1, ContactSheet.Takes - 1), take => PortraitMarkup.Further(talent, take, "(min-width: 60rem) 30rem, 92vw", $"{talent.Name}, picture {take + 1}"))}</section>
            </article>
            <section class="related"><h2>Also in {talent.Category.Name.ToLowerInvariant()}</h2><div class="cards">{Html.Each(Related(visit.Agency, talent), TalentCard.Render)}</div></section>
            """),
    };

    private static IEnumerable<Talent> Related(Agency agency, Talent talent)
    {
        var sameCategory = agency.Talents.Where(other => other.Category == talent.Category).ToList();
        var at = sameCategory.IndexOf(talent);
        return Enumerable.Range(1, Math.Min(4, sameCategory.Count - 1)).Select(step => sameCategory[(at + step) % sameCategory.Count]);
    }

    // JsonNode escapes "<", so the text can't close the script element.
    private static string StructuredData(Visit visit, Talent talent) => new JsonObject
    {
        ["@context"] = "https://schema.org",
        ["@type"] = "Person",
        ["name"] = talent.Name,
        ["jobTitle"] = talent.Category.Role,
        ["url"] = visit.Absolute(TalentCard.Link(talent)),
        ["image"] = visit.Absolute(PortraitMarkup.Link(talent, 0, "640.jpg")),
    }.ToJsonString();
}

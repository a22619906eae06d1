using EdgeHost.Demo.Platform.Agencies;
using EdgeHost.Demo.Platform.Markup;

namespace EdgeHost.Demo.Platform.Home;

internal static class AboutPage
{
    public static Page For(Agency agency)
    {
        var profile = agency.Profile;
        return new Page
        {
            Kind = "about",
            Title = $"About — {profile.Name}",
            Description = profile.About[0],
            Canonical = "/about",
            Body = Html.Of($"""
                <header class="intro"><p class="kicker">About</p><h1>{profile.Tagline}</h1></header>
                <div class="prose">{Html.Each(profile.About, paragraph => Html.Of($"<p>{paragraph}</p>"))}
                <h2>Visit</h2><p>{profile.Name}, {profile.Street}, {profile.City}. Write to <a href="mailto:{profile.Email}">{profile.Email}</a> or call {profile.Phone}.</p>
                <p><a class="button" href="/casting">Start a casting</a></p></div>
                <blockquote class="quote"><p>{profile.Quote}</p><footer>{profile.QuoteBy}</footer></blockquote>
                """),
        };
    }
}

using EdgeHost.Demo.Platform.Agencies;

namespace EdgeHost.Demo.Platform.Markup;

/// <summary>What all pages of an agency share: head, masthead, footer.</summary>
internal static class PageFrame
{
    private static readonly (string Path, string Label)[] Navigation =
        [("/talents", "Talents"), ("/news", "News"), ("/about", "About"), ("/casting", "Casting")];

    public static Html Around(Page page, Visit visit)
    {
        var profile = visit.Agency.Profile;
        var image = page.OpenGraphImage ?? "/og/home.jpg";

        return Html.Of($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{page.Title}</title>
            <meta name="description" content="{page.Description}">
            {Canonical(page, visit)}
            <meta property="og:type" content="website">
            <meta property="og:site_name" content="{profile.Name}">
            <meta property="og:title" content="{page.Title}">
            <meta property="og:description" content="{page.Description}">
            <meta property="og:image" content="{visit.Absolute(image)}">
            <meta property="og:image:width" content="1200">
            <meta property="og:image:height" content="630">
            <meta name="twitter:card" content="summary_large_image">
            <meta name="theme-color" content="{Theme.Of(visit.Agency).Colour}">
            <link rel="icon" href="/favicon.ico" sizes="32x32">
            <link rel="icon" href="/icons/mark.svg" type="image/svg+xml">
            <link rel="apple-touch-icon" href="/icons/180.png">
            <link rel="manifest" href="/site.webmanifest">
            <link rel="alternate" type="application/atom+xml" title="{profile.Name}: news" href="/feed.xml">
            <link rel="stylesheet" href="{AssetFiles.Link($"{profile.Id}/site.css")}">
            <script src="{AssetFiles.Link("every-agency/shortlist.js")}" defer></script>
            {page.Head}
            </head>
            <body class="{profile.Id} page-{page.Kind}">
            <a class="skip" href="#main">Skip to the content</a>
            <header class="masthead">
            <a class="brand" href="/" aria-label="{profile.Name}, home"><img src="/icons/mark.svg" alt="" width="40" height="40"><span>{profile.Name}</span></a>
            <nav aria-label="Main"><ul>{Html.Each(Navigation, item => NavigationItem(item, page))}</ul></nav>
            <form class="quick" role="search" action="/search"><label class="unseen" for="quick-q">Search talents</label><input id="quick-q" type="search" name="q" placeholder="Search"></form>
            <p class="shortlist" data-shortlist hidden><span data-shortlist-count>0</span> on your shortlist</p>
            </header>
            <main id="main">
            {page.Body}
            </main>
            {Footer(profile)}
            </body>
            </html>

            """);
    }

    private static Html Canonical(Page page, Visit visit) => page.Canonical is { } path
        ? Html.Of($"""
            <link rel="canonical" href="{visit.Absolute(path)}">
            <meta property="og:url" content="{visit.Absolute(path)}">
            """)
        : Html.Of($"""<meta name="robots" content="noindex">""");

    private static Html NavigationItem((string Path, string Label) item, Page page)
    {
        var current = page.Canonical is { } path && path.StartsWith(item.Path, StringComparison.Ordinal);
        return current
            ? Html.Of($"""<li><a href="{item.Path}" aria-current="true">{item.Label}</a></li>""")
            : Html.Of($"""<li><a href="{item.Path}">{item.Label}</a></li>""");
    }

    private static Html Footer(AgencyProfile profile) => Html.Of($"""
        <footer class="colophon">
        <div class="colophon-call"><p class="kicker">Casting something?</p><p class="colophon-line"><a href="/casting">Tell us who you are looking for</a></p></div>
        <address><strong>{profile.Name}</strong><br>{profile.Street}<br>{profile.City}</address>
        <p><a href="mailto:{profile.Email}">{profile.Email}</a><br><a href="tel:{profile.Phone.Replace(" ", "", StringComparison.Ordinal)}">{profile.Phone}</a></p>
        <nav aria-label="Footer"><ul><li><a href="/talents">Talents</a></li><li><a href="/models">Models</a></li><li><a href="/news">News</a></li><li><a href="/feed.xml">Feed</a></li><li><a href="/admin" rel="nofollow">Sign in</a></li></ul></nav>
        <p class="small">A fictional agency on a demonstration platform. Portraits are drawn by a program; nobody here is real.</p>
        </footer>
        """);
}

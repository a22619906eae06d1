using System.Globalization;
using System.IO.Compression;
using System.Text;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Publishing;
using StaticExport.Publish;
using StaticExport.Reports;
using StaticExport.Tests.Origins;
using Xunit;

namespace StaticExport.Tests.Publish;

public sealed class ExportRunTests
{
    [Fact]
    public async Task Publishes_every_kind_of_page_that_links_lead_to()
    {
        using var fixture = await ExportFixture.CreateAsync();
        await using var origin = await FakeOrigin.StartAsync();
        origin
            .Html("/", """
                <link rel=stylesheet href=/site.css><link rel=manifest href=/app.webmanifest><a href="https://nova.example/talents?b=2&a=1&utm_source=x">talents</a>
                <a href="http://NOVA.example:80/old">old</a><a href=/gone>gone</a><a href=https://other.example/>other</a><a href=https://nova.example:8443/>port</a><img srcset="/a.png 1x, /b.png 2x">
                """)
            .Html("/talents?b=2&a=1", "<a href='?a=1&amp;b=2'>the same page</a><a href=/members>members</a>")
            .Redirect("/old", "/new?x=1", 301)
            .Html("/new?x=1", "moved here")
            .Status("/members", 403, "members only")
            .Status("/gone", 410, "gone")
            .Text("/site.css", "text/css", "@import 'more.css'; .a { background: url(bg.svg) }")
            .Text("/more.css", "text/css", "")
            .Text("/bg.svg", "image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'><image href='inner.png'/></svg>")
            .Text("/inner.png", "image/png", "png")
            .Text("/a.png", "image/png", "png a")
            .Text("/b.png", "image/png", "png b")
            .Text("/app.webmanifest", "application/manifest+json", """{"start_url":"/app","icons":[{"src":"icon.png"}]}""")
            .Html("/app", "app")
            .Text("/icon.png", "image/png", "icon")
            .Text("/robots.txt", "text/plain", "User-agent: *\nDisallow: /\nSitemap: https://nova.example/deep/map.xml\n")
            .Text("/deep/map.xml", "application/xml", "<urlset><url><loc>https://nova.example/unlinked</loc></url></urlset>")
            .Html("/unlinked", "only in the sitemap");

        var report = await fixture.ExportAsync(origin.Url);

        Assert.Equal(ReportOutcome.Activated, report.Outcome);
        var manifest = await fixture.ActiveAsync();
        Assert.Equal(
            [
                "/ 200", "/a.png 200", "/app 200", "/app.webmanifest 200", "/b.png 200", "/bg.svg 200", "/deep/map.xml 200", "/favicon.ico 404", "/gone 410", "/icon.png 200", "/inner.png 200",
                "/members 403", "/more.css 200", "/new?x=1 200", "/old 301", "/robots.txt 200", "/site.css 200", "/sitemap.xml 404", "/talents?a=1&b=2 200", "/unlinked 200",
            ],
            manifest!.Entries.Select(entry => $"{entry.Key} {entry.Status}"));
        Assert.Equal("/new?x=1", manifest.Entries.Single(entry => entry.Key == "/old").Location);
        Assert.Equal(EntryKind.Asset, manifest.Entries.Single(entry => entry.Key == "/site.css").Kind);
        Assert.Equal(EntryKind.Document, manifest.Entries.Single(entry => entry.Key == "/new?x=1").Kind);
        Assert.Equal(404, manifest.NotFound!.Status);
        Assert.Equal(["https://nova.example:8443/", "https://other.example/"], report.OffSite.Urls);
        Assert.Equal(ExportOutcome.Activated, (await fixture.PublicationAsync()).LastExport!.Outcome);
    }

    [Fact]
    public async Task Asks_as_a_visitor_of_the_public_site_and_without_cookies()
    {
        using var fixture = await ExportFixture.CreateAsync();
        await using var origin = await FakeOrigin.StartAsync();
        origin.Page("/", context =>
        {
            context.Response.Headers.SetCookie = "session=1; Path=/";
            context.Response.Headers.CacheControl = "private, no-store";
            context.Response.Headers["X-Frame-Options"] = "DENY";
            return FakeOrigin.WriteAsync(context, 200, "text/html", "<a href=/next>next</a>");
        }).Html("/next", "next");

        var report = await fixture.ExportAsync(origin.Url, file => file with { Host = "nova.example:8443" });

        Assert.All(origin.Seen, request =>
        {
            Assert.False(request.Headers.ContainsKey("Cookie"));
            Assert.Equal("nova.example:8443", request.Headers["Host"]);
            Assert.Equal("https", request.Headers["X-Forwarded-Proto"]);
            Assert.Equal("nova.example:8443", request.Headers["X-Forwarded-Host"]);
            Assert.Equal(report.Run, request.Headers["EdgeHost-Export"]);
            Assert.StartsWith("EdgeHost-static-export/", request.Headers["User-Agent"], StringComparison.Ordinal);
        });
        var home = (await fixture.ActiveAsync())!.Entries.Single(entry => entry.Key == "/");
        Assert.Equal(["x-frame-options"], home.Headers.Keys);
        Assert.Equal("private, no-store", report.Urls.Single(url => url.Url == "/").Reserved);
        Assert.Equal(1, report.Totals.Reserved);
    }

    [Fact]
    public async Task Follows_a_link_in_its_own_form_but_without_tracking_parameters()
    {
        using var fixture = await ExportFixture.CreateAsync();
        await using var origin = await FakeOrigin.StartAsync();
        origin.Html("/", "<a href='/list?z=1&utm_source=mail&a=%7E'>list</a>").Html("/list?z=1&a=%7E", "list");

        await fixture.ExportAsync(origin.Url);

        Assert.Contains("/list?z=1&a=%7E", origin.TargetsSeen);
        Assert.Contains((await fixture.ActiveAsync())!.Entries, entry => entry is { Key: "/list?a=~&z=1", Status: 200 });
    }

    [Theory]
    [InlineData(500)]
    [InlineData(404)]
    [InlineData(403)]
    public async Task Refuses_a_site_whose_home_page_is_not_there(int status)
    {
        using var fixture = await ExportFixture.CreateAsync();
        await using var origin = await FakeOrigin.StartAsync();
        origin.Status("/", status, "<a href=/page>x</a>").Html("/page", "page");

        var report = await fixture.ExportAsync(origin.Url, file => file with { MaxFailed = 10 });

        Assert.Equal(ReportOutcome.Failed, report.Outcome);
        Assert.Contains("home page", report.Reasons[0], StringComparison.Ordinal);
        var publication = await fixture.PublicationAsync();
        Assert.Null(publication.Active);
        Assert.Equal(ExportOutcome.Failed, publication.LastExport!.Outcome);
    }

    [Fact]
    public async Task Keeps_the_active_snapshot_when_a_page_fails()
    {
        using var fixture = await ExportFixture.CreateAsync();
        await using var origin = await FakeOrigin.StartAsync();
        origin.Html("/", "<a href=/page>x</a>").Html("/page", "page");
        var first = await fixture.ExportAsync(origin.Url);
        origin.Status("/page", 503);

        var second = await fixture.ExportAsync(origin.Url);
        var third = await fixture.ExportAsync(origin.Url, file => file with { MaxFailed = 1 });

        Assert.Equal(ReportOutcome.Failed, second.Outcome);
        Assert.Equal("server-error", second.Urls.Single(url => url.Url == "/page").Reason);
        Assert.Equal(ReportOutcome.Activated, third.Outcome);
        Assert.DoesNotContain((await fixture.ActiveAsync())!.Entries, entry => entry.Key == "/page");
        Assert.NotEqual(first.Snapshot!.Id, third.Snapshot!.Id);
    }

    [Fact]
    public async Task Stops_early_when_the_origin_dies()
    {
        using var fixture = await ExportFixture.CreateAsync();
        await using var origin = await FakeOrigin.StartAsync();
        origin.Html("/", string.Concat(Enumerable.Range(0, 200).Select(i => $"<a href=/page{i}>x</a>")));
        for (var i = 0; i < 200; i++)
        {
            origin.Html($"/page{i}", "page");
        }

        origin.DiesAfter = 50;

        var report = await fixture.ExportAsync(origin.Url, file => file with { MaxFailed = 1000 });

        Assert.Equal(ReportOutcome.Failed, report.Outcome);
        Assert.Contains("the origin is gone", report.Reasons[0], StringComparison.Ordinal);
        Assert.InRange(origin.Seen.Count, 51, 70);
        Assert.Null((await fixture.PublicationAsync()).Active);
        Assert.Equal(205, report.Urls.Length + 1);
    }

    [Fact]
    public async Task Ends_an_endless_calendar_and_says_which_option_would_go_on()
    {
        using var fixture = await ExportFixture.CreateAsync();
        await using var origin = await FakeOrigin.StartAsync();
        origin.First = async context =>
        {
            if (context.Request.Path != "/calendar")
            {
                return false;
            }

            var month = int.Parse(context.Request.Query["month"].ToString(), CultureInfo.InvariantCulture);
            await FakeOrigin.WriteAsync(context, 200, "text/html", $"<a href='/calendar?month={month + 1}'>next</a><a href='/calendar?month={month - 1}'>previous</a>");
            return true;
        };
        origin.Html("/", "<a href='/calendar?month=0'>calendar</a>");

        var bounded = await fixture.ExportAsync(origin.Url, file => file with { MaxPages = 40 });
        var shallow = await fixture.ExportAsync(origin.Url, file => file with { MaxDepth = 5 });
        var excluded = await fixture.ExportAsync(origin.Url, file => file with { Exclude = ["/calendar*"] });

        Assert.Equal(ReportOutcome.Failed, bounded.Outcome);
        Assert.Contains("--max-pages", bounded.Reasons[0], StringComparison.Ordinal);
        Assert.Contains("/calendar?month=*", bounded.Reasons[0], StringComparison.Ordinal);
        Assert.Equal(ReportOutcome.Activated, shallow.Outcome);
        Assert.Equal(2, shallow.Urls.Count(url => url.Reason == "too-deep"));
        Assert.Equal(("excluded", "/calendar*"), (excluded.Urls.Single(url => url.Fate == UrlFate.Skipped).Reason, excluded.Urls.Single(url => url.Fate == UrlFate.Skipped).Detail));
    }

    [Fact]
    public async Task Ends_relative_links_of_a_404_page_that_would_go_on_for_ever()
    {
        using var fixture = await ExportFixture.CreateAsync();
        await using var origin = await FakeOrigin.StartAsync();
        origin.Html("/", "<a href=/missing>x</a>");
        origin.NotFound = context => FakeOrigin.WriteAsync(context, 404, "text/html", "<a href='more/x'>more</a>");

        var report = await fixture.ExportAsync(origin.Url);

        Assert.Equal(ReportOutcome.Activated, report.Outcome);
        Assert.Contains(report.Urls, url => url.Reason == "only-from-gone-pages");
    }

    [Fact]
    public async Task Fails_a_page_that_is_a_decompression_bomb()
    {
        using var fixture = await ExportFixture.CreateAsync();
        await using var origin = await FakeOrigin.StartAsync();
        using var bomb = new MemoryStream();
        await using (var gzip = new GZipStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            await gzip.WriteAsync(new byte[64 * 1024 * 1024], TestContext.Current.CancellationToken);
        }

        origin.Html("/", "<a href=/bomb>x</a>").Page("/bomb", async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await context.Response.Body.WriteAsync(bomb.ToArray());
        });

        var report = await fixture.ExportAsync(origin.Url);

        Assert.Equal(ReportOutcome.Failed, report.Outcome);
        Assert.Equal("bomb", report.Urls.Single(url => url.Url == "/bomb").Reason);
    }

    [Fact]
    public async Task Records_a_compressed_answer_as_it_is_unpacked()
    {
        using var fixture = await ExportFixture.CreateAsync();
        await using var origin = await FakeOrigin.StartAsync();
        var text = string.Concat(Enumerable.Repeat("<p>ünïcode", 1000));
        origin.Page("/", async context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.Headers.ContentEncoding = "gzip";
            await using var packed = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            await packed.WriteAsync(Encoding.UTF8.GetBytes(text));
        });

        await fixture.ExportAsync(origin.Url);

        Assert.Equal(text, Encoding.UTF8.GetString(await fixture.BodyAsync((await fixture.ActiveAsync())!.Entries.Single(entry => entry.Key == "/"))));
    }

    [Fact]
    public async Task Records_redirecting_views_as_rules_and_different_ones_with_entries_of_their_own()
    {
        using var fixture = await ExportFixture.CreateAsync();
        await using var origin = await FakeOrigin.StartAsync();
        origin.First = async context =>
        {
            var (host, scheme) = (context.Request.Host.Value, context.Request.Headers["X-Forwarded-Proto"].ToString());
            if (host == "de.nova.example")
            {
                var (status, text) = context.Request.Path == "/" ? (200, "<a href=/nur-hier>hier</a>") : context.Request.Path == "/nur-hier" ? (200, "nur hier") : (404, "fehlt");
                await FakeOrigin.WriteAsync(context, status, status == 200 ? "text/html; lang=de" : "text/html", text);
                return true;
            }

            if (host == "nova.example" && scheme == "https")
            {
                return false;
            }

            context.Response.Headers.Location = $"https://nova.example{context.Request.Path}{context.Request.QueryString}";
            context.Response.StatusCode = 301;
            return true;
        };
        origin.Html("/", "<a href=/a?x=1>a</a><a href='http://www.nova.example/b'>b</a>").Html("/a?x=1", "a").Html("/b", "b");

        var report = await fixture.ExportAsync(origin.Url, file => file with { Alias = ["www.nova.example", "de.nova.example"] });

        Assert.Equal(ReportOutcome.Activated, report.Outcome);
        var manifest = (await fixture.ActiveAsync())!;
        Assert.Contains(manifest.Entries, entry => entry.Key == "/b");
        Assert.Equal(5, manifest.Views.Length);
        Assert.All(
            manifest.Views.Where(view => view.Host.ToString() != "de.nova.example"),
            view => Assert.Equal((HostRule.Redirect, 301, "https://nova.example"), (view.Rule, view.RedirectStatus, view.RedirectTo)));
        Assert.All(manifest.Views.Where(view => view.Host.ToString() == "de.nova.example"), view =>
        {
            Assert.Equal(HostRule.Own, view.Rule);
            Assert.Contains(view.Entries, entry => entry is { Key: "/nur-hier", Status: 200 });
            Assert.Contains(view.Entries, entry => entry is { Key: "/b", Status: 404 });
        });
    }

    [Fact]
    public async Task Gives_entries_of_its_own_to_a_host_with_the_same_paths_in_another_language()
    {
        using var fixture = await ExportFixture.CreateAsync();
        await using var origin = await FakeOrigin.StartAsync();
        var readings = 0;
        origin.First = async context =>
        {
            var host = context.Request.Host.Value!;
            var path = context.Request.Path.Value!;
            if (path is not ("/" or "/a"))
            {
                return false;
            }

            var title = (host.StartsWith("de.", StringComparison.Ordinal), path) switch { (true, "/a") => "Über uns", (false, "/a") => "About us", _ => "Nova" };
            var token = Interlocked.Increment(ref readings);
            await FakeOrigin.WriteAsync(context, 200, "text/html; charset=utf-8", $"<html><title>{title}</title><a href='https://{host}/a'>a</a><input type=hidden value={token}></html>");
            return true;
        };

        await fixture.ExportAsync(origin.Url, file => file with { Alias = ["www.nova.example", "de.nova.example"] });

        var views = (await fixture.ActiveAsync())!.Views;
        Assert.All(views, view => Assert.Equal(view.Host.ToString() == "de.nova.example" ? HostRule.Own : HostRule.Same, view.Rule));
        var german = views.First(view => view.Host.ToString() == "de.nova.example").Entries.Single(entry => entry.Key == "/a");
        Assert.Contains("Über uns", Encoding.UTF8.GetString(await fixture.BodyAsync(german)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explains_a_home_page_that_redirects_to_the_sites_other_host()
    {
        using var fixture = await ExportFixture.CreateAsync();
        await using var origin = await FakeOrigin.StartAsync();
        origin.Redirect("/", "https://www.nova.example/", 301);

        var alias = await fixture.ExportAsync(origin.Url, file => file with { Alias = ["www.nova.example"] });
        var stranger = await fixture.ExportAsync(origin.Url);

        Assert.Contains("publish the site with that --scheme and --host", alias.Reasons[0], StringComparison.Ordinal);
        Assert.Contains("out of the site", stranger.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warns_of_a_soft_404()
    {
        using var fixture = await ExportFixture.CreateAsync();
        await using var origin = await FakeOrigin.StartAsync();
        origin.Html("/", "home");
        origin.NotFound = context => FakeOrigin.WriteAsync(context, 200, "text/html", "Oops!");

        var report = await fixture.ExportAsync(origin.Url);

        Assert.Equal(ReportOutcome.Activated, report.Outcome);
        Assert.Equal((200, false), (report.NotFound!.Status, report.NotFound.Recorded));
        Assert.Contains(report.Warnings, warning => warning.Contains("soft 404", StringComparison.Ordinal));
        Assert.Null((await fixture.ActiveAsync())!.NotFound);
    }

    [Fact]
    public async Task Keeps_an_entry_that_differs_only_in_volatile_parts_and_what_it_links_to()
    {
        using var fixture = await ExportFixture.CreateAsync();
        await using var origin = await FakeOrigin.StartAsync();
        var time = 1000;
        origin.First = async context =>
        {
            if (context.Request.Path == "/task.gif")
            {
                await FakeOrigin.WriteAsync(context, 200, "image/gif", "GIF;");
                return true;
            }

            return false;
        };
        origin.Page("/", context => FakeOrigin.WriteAsync(context, 200, "text/html", $"<img src='/task.gif?{++time}'><a href=/changing>x</a>"))
            .Page("/changing", context => FakeOrigin.WriteAsync(context, 200, "text/html", $"<img src='/task.gif?{++time}'> text {time}"));

        var first = await fixture.ExportAsync(origin.Url, file => file with { Volatile = [@"task\.gif\?\d+"] });
        var before = (await fixture.ActiveAsync())!;
        origin.Html("/changing", "<img src='/task.gif?1002'> other text");
        var second = await fixture.ExportAsync(origin.Url, file => file with { Volatile = [@"task\.gif\?\d+"] });
        var after = (await fixture.ActiveAsync())!;

        Assert.Equal("kept", second.Urls.Single(url => url.Url == "/").Change);
        Assert.Equal("changed", second.Urls.Single(url => url.Url == "/changing").Change);
        Assert.Equal(1, second.Snapshot!.BlobsUploaded);
        Assert.Equal(before.Entries.Select(entry => entry.Key), after.Entries.Select(entry => entry.Key));
        Assert.Equal(before.Entries.Single(entry => entry.Key == "/").CapturedAt, after.Entries.Single(entry => entry.Key == "/").CapturedAt);
        Assert.Equal(ReportOutcome.Activated, first.Outcome);
    }

    [Fact]
    public async Task Changes_nothing_in_a_dry_run()
    {
        using var fixture = await ExportFixture.CreateAsync();
        await using var origin = await FakeOrigin.StartAsync();
        origin.Html("/", "home");
        var (settings, _) = new SettingsReading(new SiteFile { Site = "nova", Origin = origin.Url.GetLeftPart(UriPartial.Authority), Host = "nova.example" }).Read();

        var report = await new ExportRun(settings! with { IsDryRun = true }, fixture.Store, "test", new StaticExport.Progress.CrawlProgress(), TimeProvider.System)
            .RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ReportOutcome.DryRun, report.Outcome);
        Assert.Empty((await fixture.PublicationAsync()).Published);
    }
}

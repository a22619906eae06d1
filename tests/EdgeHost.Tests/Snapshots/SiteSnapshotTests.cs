using EdgeHost.Snapshots;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Sites;
using EdgeHost.SnapshotStore.Targets;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Tests.Snapshots;

public sealed class SiteSnapshotTests
{
    private static readonly StoredBody Html = Some.Body("html as it is");
    private static readonly StoredBody Gzip = Some.Body("html gz", ContentCoding.Gzip);
    private static readonly StoredBody Brotli = Some.Body("html br.", ContentCoding.Brotli);

    [Theory]
    [InlineData("http", "www.nova.example", "/", 200, null)]
    [InlineData("http", "WWW.nova.example.:8080", "/", 200, null)]
    [InlineData("http", "not-listed.example", "/", 200, null)]
    [InlineData("https", "same.example", "/", 200, null)]
    [InlineData("http", "redirect.example", "/a?b=1&utm_x=2", 301, "https://www.nova.example/a?b=1&utm_x=2")]
    [InlineData("http", "REDIRECT.example:80", "/", 301, "https://www.nova.example/")]
    [InlineData("https", "redirect.example", "/", 200, null)]
    [InlineData("http", "own.example", "/", 404, null)]
    [InlineData("http", "own.example", "/only-here", 200, null)]
    [InlineData("http", "www.nova.example", "/only-here", null, null)]
    [InlineData("http", "own.example", "/style.css", null, null)]
    public void Answers_on_each_host_as_the_site_did(string scheme, string authority, string target, int? status, string? location)
    {
        var snapshot = Some.Snapshot(Some.Manifest(1, Some.Entry("/", Html), Some.Entry("/style.css", Html)) with
        {
            Views =
            [
                new HostView { Scheme = "https", Host = HostName.Parse("same.example"), Rule = HostRule.Same },
                new HostView { Scheme = "http", Host = HostName.Parse("redirect.example"), Rule = HostRule.Redirect, RedirectStatus = 301, RedirectTo = "https://www.nova.example" },
                new HostView { Scheme = "http", Host = HostName.Parse("own.example"), Rule = HostRule.Own, Entries = [Some.Entry("/", Gzip with { Coding = ContentCoding.Identity }) with { Status = 404 }, Some.Entry("/only-here", Html)] },
            ],
        });

        var entry = snapshot.Find(scheme, authority, Some.Target(target), TimeProvider.System)?.Entry;

        Assert.Equal(status, entry?.Status);
        Assert.Equal(location, entry?.Location);
    }

    [Theory]
    [InlineData("", "html as it is")]
    [InlineData("gzip", "html gz")]
    [InlineData("br", "html br.")]
    [InlineData("gzip, br", "html gz")]
    [InlineData("gzip;q=0.9, br", "html br.")]
    [InlineData("identity, gzip;q=0.5", "html as it is")]
    [InlineData("zstd", "html as it is")]
    [InlineData("identity;q=0", "html as it is")]
    [InlineData("*", "html gz")]
    public void Chooses_what_is_wanted_most_and_then_the_shortest(string accepted, string text)
    {
        var entry = Entry(Some.Snapshot(Some.Manifest(1, Some.Entry("/", Html, Gzip, Brotli))));

        Assert.Equal(Some.Body(text).Hash, entry!.Choose(AcceptEncoding.Parse(accepted))!.Hash);
        Assert.Equal(Html.Hash, entry.Identity!.Hash);
    }

    [Fact]
    public void A_missing_coding_costs_that_coding()
    {
        var entry = Entry(Some.Snapshot(Some.Manifest(1, Some.Entry("/", Html, Gzip, Brotli)), Gzip.Hash));

        Assert.Equal([ContentCoding.Identity, ContentCoding.Brotli], entry!.Bodies.Select(body => body.Coding));
        Assert.Equal(Brotli.Hash, entry.Choose(AcceptEncoding.Parse("*"))!.Hash);
    }

    [Fact]
    public void A_missing_identity_costs_the_entry()
    {
        var snapshot = Some.Snapshot(Some.Manifest(1, Some.Entry("/", Html, Gzip), Some.Entry("/other", Brotli with { Coding = ContentCoding.Identity })), Html.Hash);

        Assert.Null(Entry(snapshot));
        Assert.NotNull(snapshot.Find("http", Some.Host, Some.Target("/other"), TimeProvider.System));
        Assert.Equal((1, 1), (snapshot.Count, snapshot.Missing));
    }

    [Fact]
    public void A_missing_404_page_costs_that_page()
    {
        var manifest = Some.Manifest(1, Some.Entry("/", Gzip with { Coding = ContentCoding.Identity })) with { NotFound = Some.Entry("", Html) with { Status = 404 } };

        Assert.Equal(404, Some.Snapshot(manifest).NotFound?.Entry.Status);
        Assert.Null(Some.Snapshot(manifest, Html.Hash).NotFound);
    }

    [Fact]
    public void An_answer_without_a_body_needs_none()
    {
        var entry = Entry(Some.Snapshot(Some.Manifest(1, Some.Entry("/") with { Status = 302, Location = "/x", ContentType = null }), Html.Hash));

        Assert.Equal(302, entry!.Status);
        Assert.Null(entry.Choose(AcceptEncoding.Parse("*")));
    }

    [Fact]
    public void Bodies_of_one_hash_and_coding_find_the_same_in_memory_in_each_snapshot_of_the_site()
    {
        var first = Some.Snapshot(Some.Manifest(1, Some.Entry("/", Html), Some.Entry("/b", Html)));
        var second = Some.Snapshot(Some.Manifest(2, Some.Entry("/", Html, Gzip)));
        var others = Some.Snapshot(Some.Manifest(1, Some.Entry("/", Html)) with { Site = SiteId.Parse("other") });
        var body = Entry(first)!.Identity!;

        foreach (var same in new[] { first.Find("http", Some.Host, Some.Target("/b"), TimeProvider.System)!.Value.Entry.Identity!, Entry(second)!.Identity! })
        {
            Assert.Equal((body, body.GetHashCode()), (same, same.GetHashCode()));
        }

        Assert.NotEqual(body, Entry(others)!.Identity);
        Assert.NotEqual(body, Entry(second)!.Choose(AcceptEncoding.Parse("gzip")));
        Assert.NotEqual(body, new SnapshotBody(Some.SiteId, Html with { Coding = ContentCoding.Gzip }));
        Assert.NotEqual(Entry(second)!.Identity!.ETag, Entry(second)!.Choose(AcceptEncoding.Parse("gzip"))!.ETag);
    }

    [Fact]
    public void What_was_asked_for_once_costs_nothing_more()
    {
        var snapshot = Some.Snapshot(Some.Manifest(1, Some.Entry("/", Html)));
        var (target, first) = (Some.Target("/"), Entry(snapshot));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var second = snapshot.Find("http", Some.Host, target, TimeProvider.System);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Same(first, second!.Value.Entry);
    }

    [Fact]
    public void Keeps_assets_of_replaced_snapshots_until_their_time_is_over()
    {
        var clock = new FakeTimeProvider(Some.Time);
        var asset = Some.Entry("/old.css", Html) with { Kind = EntryKind.Asset, ContentType = "text/css" };
        var older = Some.Manifest(1, asset, Some.Entry("/old-page", Html), Some.Entry("/moved.css") with { Kind = EntryKind.Asset, Status = 301, Location = "/" });
        var newer = Some.Manifest(2, Some.Entry("/new.css", Gzip with { Coding = ContentCoding.Identity }) with { Kind = EntryKind.Asset });
        var active = Some.Snapshot(Some.Manifest(3, Some.Entry("/", Html)));
        var snapshot = active.WithRetired(Retired((newer, 24), (older, 1)));

        Assert.Equal(Some.SnapshotId(1).ToString(), Find("/old.css")?.From.Id);
        Assert.Equal(Some.SnapshotId(2).ToString(), Find("/new.css")?.From.Id);
        Assert.Null(Find("/old-page"));
        Assert.Null(Find("/moved.css"));
        Assert.Null(Find("/never"));
        clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        Assert.NotNull(Find("/old.css"));
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.Null(Find("/old.css"));
        Assert.NotNull(Find("/new.css"));
        clock.Advance(TimeSpan.FromHours(23));
        Assert.Null(Find("/new.css"));

        FoundEntry? Find(string target) => snapshot.Find("http", Some.Host, Some.Target(target), clock);
    }

    [Fact]
    public void Of_an_asset_that_several_earlier_snapshots_have_the_newest_is_given_and_never_before_the_active_ones()
    {
        var (first, second) = (Some.Manifest(1, Asset("/1.css"), Asset("/both.css"), Asset("/all.css")), Some.Manifest(2, Asset("/2.css"), Asset("/both.css"), Asset("/all.css")));
        var third = Some.Snapshot(Some.Manifest(3, Asset("/3.css"), Asset("/all.css")));

        var snapshot = third.WithRetired(Retired((second, 20), (first, 19)));

        Assert.Equal((3, 1, 2, 2, 3, null), (From("/3.css"), From("/1.css"), From("/2.css"), From("/both.css"), From("/all.css"), From("/4.css")));
        Assert.Null(third.WithRetired(Retired((second, 20))).Find("http", Some.Host, Some.Target("/1.css"), new FakeTimeProvider(Some.Time)));
        // Asked again, it is looked up and not put together again.
        Assert.Equal(1, From("/1.css"));

        int? From(string target) => snapshot.Find("http", Some.Host, Some.Target(target), new FakeTimeProvider(Some.Time))?.From.Id is { } id ? int.Parse(id[^8..], System.Globalization.NumberStyles.HexNumber, null) : null;
        static ManifestEntry Asset(string key) => Some.Entry(key, Html) with { Kind = EntryKind.Asset };
    }

    [Fact]
    public void An_asset_on_a_host_of_its_own_is_retained_on_that_host()
    {
        var view = new HostView { Scheme = "http", Host = HostName.Parse("own.example"), Rule = HostRule.Own, Entries = [Some.Entry("/own.css", Html) with { Kind = EntryKind.Asset }] };
        var snapshot = Some.Snapshot(Some.Manifest(2) with { Views = [view with { Entries = [] }] }).WithRetired(Retired((Some.Manifest(1) with { Views = [view] }, 1)));

        Assert.NotNull(snapshot.Find("http", "own.example", Some.Target("/own.css"), new FakeTimeProvider(Some.Time)));
        Assert.Null(snapshot.Find("http", Some.Host, Some.Target("/own.css"), new FakeTimeProvider(Some.Time)));
    }

    [Fact]
    public void An_asset_of_a_snapshot_with_another_query_policy_is_found_by_that_one()
    {
        var clock = new FakeTimeProvider(Some.Time);
        var older = Some.Manifest(1, Some.Entry("/a.css?v=1", Html) with { Kind = EntryKind.Asset }) with { Query = QueryPolicy.Default with { Drop = [] } };
        var active = Some.Snapshot(Some.Manifest(2, Some.Entry("/", Html)) with { Query = QueryPolicy.Default with { Drop = ["v"] } });
        var snapshot = active.WithRetired(Retired((older, 1)));

        Assert.Equal(older.Snapshot.ToString(), snapshot.Find("http", Some.Host, Some.Target("/a.css?v=1"), clock)?.From.Id);
        Assert.Null(snapshot.Find("http", Some.Host, Some.Target("/a.css?v=2"), clock));
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void A_query_of_very_many_parts_is_not_in_the_snapshot(int parts, bool found)
    {
        var snapshot = Some.Snapshot(Some.Manifest(1, Some.Entry("/", Html)));

        Assert.Equal(found, snapshot.Find("http", Some.Host, Some.Target("/?" + string.Join('&', Enumerable.Repeat("utm_x=1", parts))), TimeProvider.System) is not null);
    }

    [Fact]
    public void Says_in_one_line_what_it_is()
    {
        var snapshot = Some.Snapshot(Some.Manifest(1, Some.Entry("/", Html)));

        Assert.Equal($"snapshot; reason=rescue; snapshot={Some.SnapshotId(1)}; captured=2026-01-31T12:00:00Z", snapshot.Label.DecisionHeader(EdgeHost.Decisions.DecisionReason.Rescue, null).ToString());
    }

    private static RetiredAssets Retired(params (SnapshotManifest Manifest, int Hours)[] newestFirst) =>
        new([.. newestFirst.Select(one => new RetiredOne(Some.Shelved(one.Manifest), Some.Time.AddHours(one.Hours)))]);

    private static SnapshotEntry? Entry(SiteSnapshot snapshot) => snapshot.Find("http", Some.Host, Some.Target("/"), TimeProvider.System)?.Entry;
}

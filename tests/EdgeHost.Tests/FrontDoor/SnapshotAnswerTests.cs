using System.Text;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Operating;

namespace EdgeHost.Tests.FrontDoor;

/// <summary>Answers from the snapshot, with an operator having set that mode, so that no origin has a part in them.</summary>
public sealed class SnapshotAnswerTests : IAsyncLifetime
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly SnapshotDraft draft = Some.Draft();
    private Bench bench = null!;

    public async ValueTask InitializeAsync()
    {
        bench = await Bench.PrepareAsync(("Sites:nova:Hosts:1", "nova.example"));
        await bench.Store.PublishAsync(draft.RedirectedHost("nova.example", "https://www.nova.example"));
        await bench.Store.SetModeAsync(OperatorMode.Snapshot);
        await bench.StartEdgeAsync();
        await bench.HasSnapshotAsync(1);
        await Wait.UntilAsync("the mode is in force", () => bench.Site.State.Mode.Mode == OperatorMode.Snapshot);
    }

    public async ValueTask DisposeAsync() => await bench.DisposeAsync();

    [Fact(Timeout = 30_000)]
    public async Task Has_the_recorded_status_headers_and_bytes()
    {
        var home = await bench.GetAsync("/");
        var style = await bench.GetAsync("/style.css");

        Assert.Equal(200, home.Status);
        Assert.Equal(Encoding.UTF8.GetBytes(Some.Home), home.Body);
        Assert.Equal("text/html; charset=utf-8", home["Content-Type"]);
        Assert.Equal("Accept-Encoding", home["Vary"]);
        Assert.Equal("bytes", home["Accept-Ranges"]);
        Assert.Null(home["Content-Encoding"]);
        Assert.Equal($"snapshot; reason=operator-forced; snapshot={Some.SnapshotId(1)}; captured=2026-01-31T12:00:00Z; scope=site:nova", home.Decision);
        Assert.Null(home["Proxy-Status"]);
        Assert.Equal("Sat, 31 Jan 2026 12:00:00 GMT", style["Last-Modified"]);
        Assert.Equal("text/css", style["Content-Type"]);
        Assert.Null(style["Vary"]);
        Assert.Empty(bench.Origin.Visits);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("/search?q=a")]
    [InlineData("/search?utm_source=mail&q=a&fbclid=1")]
    [InlineData("/search?q=%61")]
    [InlineData("/sear%63h?q=a")]
    public async Task Knows_a_page_by_its_canonical_target(string target) => Assert.Equal(Some.Html("search as exported"), (await bench.GetAsync(target)).Text);

    [Theory(Timeout = 30_000)]
    [InlineData("/search?q=b")]
    [InlineData("/search")]
    [InlineData("/About")]
    [InlineData("/about/")]
    [InlineData("/a/b")]
    public async Task Does_not_know_another(string target)
    {
        var response = await bench.GetAsync(target);

        Assert.Equal(503, response.Status);
        Assert.Equal("unavailable; reason=not-in-snapshot; scope=site:nova", response.Decision);
    }

    [Fact(Timeout = 30_000)]
    public async Task Keeps_an_encoded_slash() => Assert.Equal(Some.Html("encoded slash as exported"), (await bench.GetAsync("/a%2fb")).Text);

    [Fact(Timeout = 30_000)]
    public async Task Replays_redirects_and_other_statuses()
    {
        var redirect = await bench.GetAsync("/old");
        var gone = await bench.GetAsync("/gone");
        var host = await bench.SendAsync("GET /about?q=%zz HTTP/1.1\r\nHost: nova.example\r\n\r\n");

        Assert.Equal((301, "/about", "0"), (redirect.Status, redirect["Location"], redirect["Content-Length"]));
        Assert.Equal((410, Some.Html("gone as exported")), (gone.Status, gone.Text));
        Assert.Null(gone["ETag"]);
        Assert.Equal((301, "https://www.nova.example/about?q=%zz"), (host.Status, host["Location"]));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("gzip", "gzip", ContentCoding.Gzip)]
    [InlineData("br", "br", ContentCoding.Brotli)]
    [InlineData("br;q=0, gzip", "gzip", ContentCoding.Gzip)]
    [InlineData("deflate, gzip, br, zstd", "zstd", ContentCoding.Zstandard)]
    [InlineData("identity", null, ContentCoding.Identity)]
    [InlineData("gzip;q=0", null, ContentCoding.Identity)]
    public async Task Gives_the_stored_bytes_of_the_accepted_coding(string accept, string? encoding, ContentCoding coding)
    {
        var response = await bench.GetAsync("/", $"Accept-Encoding: {accept}");

        var body = draft.Manifest.Entries.Single(entry => entry.Key == "/").Bodies.Single(body => body.Coding == coding);
        Assert.Equal(encoding, response["Content-Encoding"]);
        Assert.Equal(draft.Blobs[body.Hash], response.Body);
        Assert.Equal(body.Length.ToString(provider: null), response["Content-Length"]);
        Assert.Equal($"\"{body.Hash.Text[..32]}\"", response["ETag"]);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("/", "gzip")]
    [InlineData("/", "")]
    [InlineData("/film.mp4", "")]
    [InlineData("/empty.txt", "")]
    [InlineData("/old", "")]
    [InlineData("/gone", "")]
    public async Task A_HEAD_has_the_headers_of_its_GET(string target, string accept)
    {
        var get = await bench.GetAsync(target, $"Accept-Encoding: {accept}");
        using var connection = await RawConnection.OpenAsync(bench.Port, Cancel);
        await connection.SendAsync(Bench.Request("HEAD", target, $"Accept-Encoding: {accept}", "Connection: close"), Cancel);
        var head = await connection.ReadResponseAsync(Cancel, toHead: true);

        Assert.Equal(get.Status, head.Status);
        Assert.Equal(Without(get), Without(head));
        Assert.True(await connection.EndsAsync(Cancel));

        static IEnumerable<(string, string)> Without(RawResponse response) => response.Headers.Where(header => header.Name is not ("Date" or "Connection")).Order();
    }

    [Fact(Timeout = 30_000)]
    public async Task A_known_copy_is_not_sent_again()
    {
        var gzip = await bench.GetAsync("/", "Accept-Encoding: gzip");
        var again = await bench.GetAsync("/", "Accept-Encoding: gzip", $"If-None-Match: \"other\", W/{gzip["ETag"]}");
        var other = await bench.GetAsync("/", $"If-None-Match: {gzip["ETag"]}");

        Assert.Equal(304, again.Status);
        Assert.Equal(gzip["ETag"], again["ETag"]);
        Assert.Equal("Accept-Encoding", again["Vary"]);
        Assert.Equal("public, max-age=10", again["Cache-Control"]);
        Assert.Null(again["Content-Length"]);
        Assert.Null(again["Content-Type"]);
        Assert.Null(again["Content-Encoding"]);
        Assert.Equal((200, Some.Home), (other.Status, other.Text));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("If-Modified-Since: Sat, 31 Jan 2026 12:00:00 GMT", 304)]
    [InlineData("If-Modified-Since: Sat, 31 Jan 2026 11:59:59 GMT", 200)]
    [InlineData("If-Modified-Since: yesterday", 200)]
    [InlineData("If-Unmodified-Since: Sat, 31 Jan 2026 11:59:59 GMT", 412)]
    [InlineData("If-Unmodified-Since: Sat, 31 Jan 2026 12:00:00 GMT", 200)]
    [InlineData("If-Match: \"other\"", 412)]
    [InlineData("If-Match: *", 200)]
    [InlineData("If-None-Match: *", 304)]
    public async Task Honours_conditions(string condition, int status)
    {
        var get = await bench.GetAsync("/style.css", condition);
        var head = await bench.HeadAsync("/style.css", condition);

        Assert.Equal(status, get.Status);
        Assert.Equal(status, head.Status);
        Assert.Equal(status == 200 ? "body { color: black }\n" : "", get.Text);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("/style.css", "bytes=0-3", 206, "body", "bytes 0-3/22")]
    [InlineData("/style.css", "bytes=-2", 206, "}\n", "bytes 20-21/22")]
    [InlineData("/style.css", "bytes=21-", 206, "\n", "bytes 21-21/22")]
    [InlineData("/style.css", "bytes=0-99999999999", 206, "body { color: black }\n", "bytes 0-21/22")]
    [InlineData("/style.css", "bytes=22-", 416, "", "bytes */22")]
    [InlineData("/style.css", "bytes=-0", 416, "", "bytes */22")]
    [InlineData("/style.css", "bytes=5-2", 200, "body { color: black }\n", null)]
    [InlineData("/style.css", "items=0-1", 200, "body { color: black }\n", null)]
    [InlineData("/empty.txt", "bytes=0-", 416, "", "bytes */0")]
    [InlineData("/film.mp4", "bytes=5-14", 206, "0000100002", "bytes 5-14/1500000")]
    [InlineData("/film.mp4", "bytes=-5", 206, "99999", "bytes 1499995-1499999/1500000")]
    [InlineData("/gone", "bytes=0-3", 410, null, null)]
    public async Task Gives_ranges(string target, string range, int status, string? text, string? contentRange)
    {
        var response = await bench.GetAsync(target, $"Range: {range}", "Accept-Encoding: gzip, br");

        Assert.Equal(status, response.Status);
        Assert.Equal(contentRange, response["Content-Range"]);
        Assert.Null(response["Content-Encoding"]);
        Assert.True(response.IsWhole);
        if (text is not null)
        {
            Assert.Equal(text, response.Text);
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task Gives_a_range_only_of_the_copy_that_the_client_has()
    {
        var etag = (await bench.GetAsync("/style.css"))["ETag"]!;

        Assert.Equal(206, (await bench.GetAsync("/style.css", "Range: bytes=0-3", $"If-Range: {etag}")).Status);
        Assert.Equal(206, (await bench.GetAsync("/style.css", "Range: bytes=0-3", "If-Range: Sat, 31 Jan 2026 12:00:00 GMT")).Status);
        Assert.Equal(200, (await bench.GetAsync("/style.css", "Range: bytes=0-3", "If-Range: \"other\"")).Status);
        Assert.Equal(200, (await bench.GetAsync("/style.css", "Range: bytes=0-3", $"If-Range: W/{etag}")).Status);
        Assert.Equal(200, (await bench.GetAsync("/style.css", "Range: bytes=0-3", "If-Range: Sat, 31 Jan 2026 11:00:00 GMT")).Status);
        Assert.Equal(304, (await bench.GetAsync("/style.css", "Range: bytes=0-3", $"If-None-Match: {etag}")).Status);
        Assert.Equal(412, (await bench.GetAsync("/style.css", "Range: bytes=0-3", "If-Match: \"other\"")).Status);
        // A range of a HEAD is not defined (RFC 9110 §14.2).
        Assert.Equal("22", (await bench.HeadAsync("/style.css", "Range: bytes=0-3"))["Content-Length"]);
    }

    [Fact(Timeout = 30_000)]
    public async Task Sends_a_large_body_from_its_file_byte_for_byte()
    {
        var response = await bench.GetAsync("/film.mp4");

        Assert.Equal(1_500_000, response.Body.Length);
        Assert.Equal(draft.Manifest.Entries.Single(entry => entry.Key == "/film.mp4").Bodies[0].Hash, BlobHash.Of(response.Body));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task Pretends_no_success(string method)
    {
        var response = await bench.SendAsync(Bench.Request(method, "/", "Content-Length: 0"));

        Assert.Equal(503, response.Status);
        Assert.Equal("unavailable; reason=not-readable; scope=site:nova", response.Decision);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_export_is_given_no_snapshot_and_opens_nothing_that_is_closed()
    {
        var response = await bench.GetAsync("/", "EdgeHost-Export: 1");

        Assert.Equal((503, "unavailable; reason=operator-forced; scope=site:nova"), (response.Status, response.Decision));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_new_snapshot_replaces_the_old_and_its_assets_stay_for_open_pages()
    {
        await bench.Store.PublishAsync(new SnapshotDraft(2).Page("/", Some.Html("second")).Asset("/style2.css", "text/css", "2"));
        await bench.HasSnapshotAsync(2);

        Assert.Equal(Some.Html("second"), (await bench.GetAsync("/")).Text);
        Assert.Equal(503, (await bench.GetAsync("/about")).Status);
        var retained = await bench.GetAsync("/style.css");
        Assert.Equal((200, "body { color: black }\n"), (retained.Status, retained.Text));
        Assert.Contains(Some.SnapshotId(1).ToString(), retained.Decision, StringComparison.Ordinal);
    }
}

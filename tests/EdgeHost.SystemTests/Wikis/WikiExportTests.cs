using System.Text;
using System.Text.RegularExpressions;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SystemTests.Exports;

namespace EdgeHost.SystemTests.Wikis;

public sealed partial class WikiExportTests(ExportedWiki exported)
{
    [Fact]
    public async Task Every_link_leads_to_an_entry_or_a_reason_and_every_entry_holds_what_the_wiki_answers()
    {
        var cancel = TestContext.Current.CancellationToken;
        await exported.ReadyAsync(cancel);
        using var crawl = new WikiCrawl(exported.Wiki, key => exported.Stored.Find(key) is not null);

        await crawl.RunAsync(cancel);

        Assert.InRange(crawl.Found.Count, 500, 10_000);
        var lost = crawl.Found.Where(link => !IsAccountedFor(link.Key)).Select(link => $"{link.Key} (on {link.Value})").ToList();
        Assert.True(lost.Count == 0, $"{lost.Count} of {crawl.Found.Count} are neither stored nor in the report:\n{string.Join('\n', lost.Take(20))}");

        var wrong = new List<string>();
        foreach (var entry in exported.Stored.Manifest.Entries)
        {
            var answer = await crawl.GetAsync(entry.Key, cancel);
            if (Difference(entry, answer) is { } difference)
            {
                wrong.Add($"{entry.Key}: {difference}");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {exported.Stored.Keys.Count} differ:\n{string.Join('\n', wrong.Take(20))}");
        TestContext.Current.TestOutputHelper?.WriteLine($"{crawl.Found.Count} URLs linked, {exported.Stored.Keys.Count} entries compared, {exported.Fates.Values.Count(fate => fate.GetProperty("fate").GetString() == "skipped")} skipped with a reason");
    }

    [Fact]
    public async Task A_second_run_uploads_nothing()
    {
        var cancel = TestContext.Current.CancellationToken;
        await exported.ReadyAsync(cancel);

        var report = await exported.ExportAsync(cancel);

        Assert.Equal("activated", report.GetProperty("outcome").GetString());
        Assert.Equal(0, report.GetProperty("snapshot").GetProperty("blobsUploaded").GetInt32());
        Assert.Equal(0, report.GetProperty("totals").GetProperty("changed").GetInt32());
    }

    [Fact]
    public async Task The_store_is_whole_and_fit()
    {
        var cancel = TestContext.Current.CancellationToken;
        await exported.ReadyAsync(cancel);

        await exported.Bucket.Export.SucceedAsync("verify", cancel);
        await exported.Bucket.Export.SucceedAsync("store check", cancel);
    }

    [Fact]
    public async Task Every_coding_of_an_entry_unpacks_to_the_same_bytes()
    {
        var cancel = TestContext.Current.CancellationToken;
        await exported.ReadyAsync(cancel);

        var stored = exported.Stored;
        var codings = new HashSet<ContentCoding>();
        foreach (var entry in stored.Manifest.Entries)
        {
            var plain = stored.Body(entry, ContentCoding.Identity);
            foreach (var body in entry.Bodies.Where(body => body.Coding != ContentCoding.Identity))
            {
                codings.Add(body.Coding);
                Assert.True(Unpacking.Unpack(stored.Body(entry, body.Coding)!, body.Coding).AsSpan().SequenceEqual(plain), $"{entry.Key} in {body.Coding}");
            }
        }

        Assert.Equal([ContentCoding.Gzip, ContentCoding.Brotli, ContentCoding.Zstandard], codings.Order());
    }

    // The image that does the wiki's chores has the time in its address: another one at each look.
    private bool IsAccountedFor(string key) =>
        exported.Stored.Find(key) is not null
        || (exported.Fates.TryGetValue(key, out var fate) && fate.TryGetProperty("reason", out var reason) && reason.GetString() is { Length: > 0 })
        || (TaskRunner().Match(key) is { Success: true } match && exported.Stored.Keys.Any(other => other.StartsWith("/lib/exe/taskrunner.php", StringComparison.Ordinal) && other.EndsWith(match.Value, StringComparison.Ordinal)));

    private string? Difference(ManifestEntry entry, WikiCrawl.Answer answer)
    {
        var stored = exported.Stored.Body(entry, ContentCoding.Identity) ?? [];
        return entry.Status != answer.Status ? $"status {entry.Status}, the wiki says {answer.Status}"
            : entry.ContentType != answer.Type ? $"type {entry.ContentType}, the wiki says {answer.Type}"
            : entry.Location != answer.Location ? $"location {entry.Location}, the wiki says {answer.Location}"
            : stored.AsSpan().SequenceEqual(answer.Body) || WithoutTimes(stored) == WithoutTimes(answer.Body) ? null
            : $"{stored.Length} other bytes than the wiki's {answer.Body.Length}";
    }

    private static string WithoutTimes(byte[] body) => Times().Replace(Encoding.Latin1.GetString(body), "");

    [GeneratedRegex($"{ExportedWiki.VolatileAddress}|{ExportedWiki.VolatileDate}", RegexOptions.CultureInvariant)]
    private static partial Regex Times();

    [GeneratedRegex(@"(?<=^/lib/exe/taskrunner\.php\?.*)id=[^&]*$", RegexOptions.CultureInvariant)]
    private static partial Regex TaskRunner();
}

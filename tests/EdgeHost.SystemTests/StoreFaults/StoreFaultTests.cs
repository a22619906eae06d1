using System.Text;
using System.Text.Json;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Sites;
using EdgeHost.SystemTests.Edges;
using EdgeHost.SystemTests.Exports;
using EdgeHost.SystemTests.Processes;
using EdgeHost.SystemTests.S3;

namespace EdgeHost.SystemTests.StoreFaults;

/// <summary>A store that lies, breaks or is not the one that it was: the edge goes on with what it has, serves nothing corrupt, and says so.</summary>
public sealed class StoreFaultTests : IDisposable
{
    private const string Site = "shop";
    private const string Host = "shop.example";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    private readonly Scratch scratch = new();

    private string Store => scratch["store"];

    [Fact]
    public async Task A_corrupt_manifest_is_not_used_and_what_was_served_is_served_on()
    {
        var cancel = TestContext.Current.CancellationToken;
        await PublishAsync("version 1");
        await using var edge = await StartAsync();
        await UntilShownAsync(edge, "version 1");

        // Corrupt before its record is there, so the edge never sees a good one.
        var next = await PublishAsync("version 2", beforeActivation: manifest => Change(StoreKeys.Manifest(SiteId.Parse(Site), manifest), bytes => bytes[^20] ^= 0xff));

        await Wait.UntilAsync("the problem is told", Soon, async () => await ProblemAsync(edge) is { Length: > 0 }, cancel);
        await AssertShownAsync(edge, "version 1");
        Assert.Single(edge.Log, line => line.Contains(next.Snapshot.ToString(), StringComparison.Ordinal) && line.Contains("\"@l\":\"Error\"", StringComparison.Ordinal));

        await PublishAsync("version 3");
        await UntilShownAsync(edge, "version 3");
        Assert.Null(await ProblemAsync(edge));
    }

    [Theory]
    [InlineData("truncated")]
    [InlineData("other bytes of the same length")]
    [InlineData("gone")]
    [InlineData("empty")]
    public async Task A_corrupt_blob_is_never_served(string fault)
    {
        var cancel = TestContext.Current.CancellationToken;
        await PublishAsync("version 1");
        await using var edge = await StartAsync();
        await UntilShownAsync(edge, "version 1");

        var pages = Pages("version 2");
        var hash = SnapshotStore.Blobs.BlobHash.Of(Encoding.UTF8.GetBytes(pages["/page"]));
        var blob = StoreKeys.Blob(SiteId.Parse(Site), hash);
        var next = await PublishAsync("version 2", beforeActivation: _ => Break(blob, fault));

        await Wait.UntilAsync("the new snapshot is in place", Soon, async () => (await edge.GetAsync("/", Host, cancel)).Text.Contains("version 2", StringComparison.Ordinal), cancel);
        var answer = await edge.GetAsync("/page", Host, cancel);
        Assert.Equal((503, "unavailable"), (answer.Status, answer.Decision));
        Assert.NotNull(answer["Retry-After"]);
        Assert.Equal(1, (await SiteAsync(edge)).GetProperty("snapshot").GetProperty("missingBodies").GetInt32());
        Assert.NotNull(await ProblemAsync(edge));
        Assert.Contains(edge.Log, line => line.Contains(hash.Text, StringComparison.Ordinal));

        // Mended by publishing again, as the edge says.
        File.Delete(Path.Combine(Store, blob));
        await PublishAsync("version 2", salt: "again");
        await Wait.UntilAsync("the page is back", Soon, async () => (await edge.GetAsync("/page", Host, cancel)).Decision == "snapshot", cancel);
        Assert.Null(await ProblemAsync(edge));
        Assert.NotEqual(next.Snapshot.ToString(), (await SiteAsync(edge)).GetProperty("snapshot").GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_blob_that_rots_in_the_replica_is_fetched_again()
    {
        var cancel = TestContext.Current.CancellationToken;
        await PublishAsync("version 1");
        await using var edge = await StartAsync();
        await UntilShownAsync(edge, "version 1");
        await edge.KillAsync();

        foreach (var file in Directory.EnumerateFiles(scratch["edge/data"], "*", SearchOption.AllDirectories).Where(file => file.Contains("/blobs/", StringComparison.Ordinal)))
        {
            var bytes = await File.ReadAllBytesAsync(file, cancel);
            bytes[0] ^= 0xff;
            await File.WriteAllBytesAsync(file, bytes, cancel);
        }

        await edge.StartAgainAsync(cancel);
        await UntilShownAsync(edge, "version 1");
        Assert.Equal(Pages("version 1")["/page"], (await edge.GetAsync("/page", Host, cancel)).Text);
    }

    [Fact]
    public async Task A_store_that_can_not_be_read_changes_nothing_for_visitors()
    {
        var cancel = TestContext.Current.CancellationToken;
        await PublishAsync("version 1");
        await using var edge = await StartAsync();
        await UntilShownAsync(edge, "version 1");

        Directory.Move(Store, Store + ".away");
        await File.WriteAllTextAsync(Store, "not a directory", cancel);
        await UntilStoreIsAsync(edge, "unreachable");
        await AssertShownAsync(edge, "version 1");
        await edge.KillAsync();
        await edge.StartAgainAsync(cancel);
        await AssertShownAsync(edge, "version 1");
        await UntilStoreIsAsync(edge, "unreachable");
        Assert.Single(edge.Log, line => line.Contains("The store is", StringComparison.Ordinal) && line.Contains("\"@l\":\"Error\"", StringComparison.Ordinal));

        File.Delete(Store);
        Directory.Move(Store + ".away", Store);
        await UntilStoreIsAsync(edge, "ok");
        await PublishAsync("version 2");
        await UntilShownAsync(edge, "version 2");
    }

    [Theory]
    [InlineData("its store.json is gone")]
    [InlineData("another store is in its place")]
    [InlineData("a record of its journal was changed")]
    [InlineData("its journal was emptied")]
    public async Task A_store_that_is_not_what_it_was_is_neither_followed_nor_written_to(string fault)
    {
        var cancel = TestContext.Current.CancellationToken;
        await PublishAsync("version 1");
        await using var edge = await StartAsync(config => config.Set("Store:VerifyInterval", "00:00:01"));
        await UntilShownAsync(edge, "version 1");
        using (var set = await edge.Management.SetModeAsync($"sites/{Site}", "snapshot", cancel))
        {
            Assert.True(set.IsSuccessStatusCode);
        }

        var undo = Damage(fault);
        await UntilStoreIsAsync(edge, "damaged");
        await AssertShownAsync(edge, "version 1");
        Assert.Single(edge.Log, line => line.Contains("The store is", StringComparison.Ordinal) && line.Contains("damaged", StringComparison.OrdinalIgnoreCase) && line.Contains("\"@l\":\"Error\"", StringComparison.Ordinal));
        var before = Directory.EnumerateFiles(Store, "*", SearchOption.AllDirectories).Count();
        using (var refused = await edge.Management.SetModeAsync("all", "live", cancel))
        {
            Assert.Equal(System.Net.HttpStatusCode.Conflict, refused.StatusCode);
        }

        Assert.Equal(before, Directory.EnumerateFiles(Store, "*", SearchOption.AllDirectories).Count());
        await edge.KillAsync();
        await edge.StartAgainAsync(cancel);
        await AssertShownAsync(edge, "version 1");
        await UntilStoreIsAsync(edge, "damaged");

        // Restored from a backup, it is the one that we knew.
        undo();
        await UntilStoreIsAsync(edge, "ok");
    }

    [Fact]
    public async Task An_edge_that_starts_on_an_empty_store_serves_the_origin_and_waits()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var origin = new Origins.RawOrigin();
        await using var edge = await EdgeProcess.StartAsync(new EdgeConfig(scratch["edge"], Store, origin.Port, Site), cancel);

        Assert.Equal("live", (await edge.GetAsync("/", Host, cancel)).Decision);
        Assert.NotEqual("ok", await StoreStateAsync(edge));
        await PublishAsync("version 1");
        await UntilStoreIsAsync(edge, "ok");
        await origin.DisposeAsync();
        await UntilShownAsync(edge, "version 1");
    }

    [Fact]
    public async Task Wrong_credentials_are_said_and_harm_nobody()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var engine = S3Engine.Require();
        var bucket = await engine.CreateBucketAsync(cancel);
        await bucket.Export.SucceedAsync("init", cancel);
        await using var origin = new Origins.RawOrigin();
        Origins.PagesOrigin.Show(origin, "version 1");
        await bucket.Export.PublishAsync(Site, origin.Port, cancel);
        var config = new EdgeConfig(scratch["edge"], bucket.Location, origin.Port, Site).Set("Store:ServiceUrl", engine.Endpoint);
        await using (var edge = await EdgeProcess.StartAsync(config, cancel, bucket.Edge.Environment))
        {
            await Wait.UntilAsync("the snapshot is in the replica", Soon, async () => (await SiteAsync(edge)).TryGetProperty("snapshot", out _), cancel);
        }

        var secret = "wrongSecretKey00000000000000000000000000";
        await using var denied = await EdgeProcess.StartAsync(config, cancel, (bucket.Edge with { SecretKey = secret }).Environment);
        await UntilStoreIsAsync(denied, "denied");
        await origin.DisposeAsync();
        await UntilShownAsync(denied, "version 1");
        Assert.DoesNotContain(denied.Log, line => line.Contains(secret, StringComparison.Ordinal));
        Assert.DoesNotContain(secret, (await denied.Management.SitesAsync(cancel)).GetRawText(), StringComparison.Ordinal);
    }

    public void Dispose() => scratch.Dispose();

    private static Dictionary<string, string> Pages(string version, string salt = "") => new()
    {
        ["/"] = HandMadeSnapshot.Page($"Home {version} {salt}"),
        ["/page"] = HandMadeSnapshot.Page($"Page {version}", 20_000),
    };

    private Task<SnapshotManifest> PublishAsync(string version, Action<SnapshotId>? beforeActivation = null, string salt = "") =>
        HandMadeSnapshot.PublishAsync(Store, Site, Pages(version, salt), TestContext.Current.CancellationToken, beforeActivation);

    // The site's origin is dead: whatever is served is the snapshot's.
    private Task<EdgeProcess> StartAsync(Action<EdgeConfig>? change = null)
    {
        var config = new EdgeConfig(scratch["edge"], Store, Ports.Free(), Site);
        change?.Invoke(config);
        return EdgeProcess.StartAsync(config, TestContext.Current.CancellationToken);
    }

    private Action Damage(string fault)
    {
        var identity = Path.Combine(Store, StoreKeys.Identity);
        var record = Path.Combine(Store, StoreKeys.Record("publish", 1));
        switch (fault)
        {
            case "its store.json is gone":
                return Replace(identity, null);
            case "another store is in its place":
                return Replace(identity, File.ReadAllText(identity).Replace(JsonDocument.Parse(File.ReadAllText(identity)).RootElement.GetProperty("id").GetString()!, Guid.NewGuid().ToString("N"), StringComparison.Ordinal));
            case "a record of its journal was changed":
                return Replace(record, File.ReadAllText(record).Replace("tests", "tasts", StringComparison.Ordinal));
            default:
                return Replace(record, null);
        }

        static Action Replace(string path, string? content)
        {
            var old = File.ReadAllBytes(path);
            File.Delete(path);
            if (content is not null)
            {
                File.WriteAllText(path, content);
            }

            return () => File.WriteAllBytes(path, old);
        }
    }

    private void Change(string key, Action<byte[]> change)
    {
        var path = Path.Combine(Store, key);
        var bytes = File.ReadAllBytes(path);
        change(bytes);
        File.Delete(path);
        File.WriteAllBytes(path, bytes);
    }

    private void Break(string key, string fault)
    {
        var path = Path.Combine(Store, key);
        var bytes = File.ReadAllBytes(path);
        File.Delete(path);
        if (fault != "gone")
        {
            File.WriteAllBytes(path, fault switch
            {
                "truncated" => bytes[..^100],
                "empty" => [],
                _ => [.. bytes.Select(one => one == (byte)'e' ? (byte)'E' : one)],
            });
        }
    }

    private static async Task UntilShownAsync(EdgeProcess edge, string version) => await Wait.UntilAsync(
        $"visitors see {version}", Soon, async () => (await edge.GetAsync("/", Host, TestContext.Current.CancellationToken)).Text.Contains(version, StringComparison.Ordinal), TestContext.Current.CancellationToken);

    private static async Task AssertShownAsync(EdgeProcess edge, string version)
    {
        var answer = await edge.GetAsync("/", Host, TestContext.Current.CancellationToken);
        Assert.Equal("snapshot", answer.Decision);
        Assert.Contains(version, answer.Text, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> SiteAsync(EdgeProcess edge) => (await edge.Management.SitesAsync(TestContext.Current.CancellationToken)).GetProperty("sites")[0];

    private static async Task<string?> ProblemAsync(EdgeProcess edge) => (await SiteAsync(edge)).TryGetProperty("snapshotProblem", out var problem) ? problem.GetString() : null;

    private static async Task<string?> StoreStateAsync(EdgeProcess edge) => (await edge.Management.SitesAsync(TestContext.Current.CancellationToken)).GetProperty("store").GetProperty("state").GetString();

    private static async Task UntilStoreIsAsync(EdgeProcess edge, string state) =>
        await Wait.UntilAsync($"the store is said to be {state}", TimeSpan.FromSeconds(30), async () => await StoreStateAsync(edge) == state, TestContext.Current.CancellationToken);
}

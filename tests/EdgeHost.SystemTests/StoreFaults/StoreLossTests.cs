using System.Net;
using System.Text.Json;
using EdgeHost.SnapshotStore;
using EdgeHost.SystemTests.Edges;
using EdgeHost.SystemTests.Origins;
using EdgeHost.SystemTests.S3;

namespace EdgeHost.SystemTests.StoreFaults;

/// <summary>A store that can't be reached, is denied, or is not the one that it was: the edge goes on with what it has, and says so once.</summary>
public sealed class StoreLossTests : IAsyncDisposable
{
    private readonly FaultBench bench = new();

    [Fact]
    public async Task A_store_that_can_not_be_read_changes_nothing_for_visitors()
    {
        var cancel = TestContext.Current.CancellationToken;
        await bench.PublishAsync("version 1");
        await bench.StartAsync();
        await bench.UntilShownAsync("version 1");

        // A file in its place: root would read a directory whatever its mode.
        Directory.Move(bench.Store, bench.Store + ".away");
        await File.WriteAllTextAsync(bench.Store, "not a directory", cancel);
        await bench.UntilStoreIsAsync("unreachable");
        await bench.AssertShownAsync("version 1");
        await bench.RestartAsync();
        await bench.AssertShownAsync("version 1");
        await bench.UntilStoreIsAsync("unreachable");
        Assert.Single(await bench.ErrorsAsync("The store is {State}"));

        File.Delete(bench.Store);
        Directory.Move(bench.Store + ".away", bench.Store);
        await bench.UntilStoreIsAsync("ok");
        await bench.PublishAsync("version 2");
        await bench.UntilShownAsync("version 2");
    }

    [Theory]
    [InlineData("its store.json is gone", Traits = ["Category", "Long"])]
    [InlineData("another store is in its place")]
    [InlineData("a record of its journal was changed")]
    [InlineData("its journal was emptied", Traits = ["Category", "Long"])]
    public async Task A_store_that_is_not_what_it_was_is_neither_followed_nor_written_to(string fault)
    {
        var cancel = TestContext.Current.CancellationToken;
        await bench.PublishAsync("version 1");
        await bench.StartAsync(config => config.Set("Store:VerifyInterval", "00:00:01"));
        await bench.UntilShownAsync("version 1");
        await bench.Edge.Management.SetModeAsync($"sites/{FaultBench.Site}", "snapshot", cancel);

        var undo = Damage(fault);
        await bench.UntilStoreIsAsync("damaged");
        await bench.AssertShownAsync("version 1");
        Assert.Single(await bench.ErrorsAsync("The store is {State}"));
        var before = Files();
        Assert.Equal(HttpStatusCode.Conflict, await bench.Edge.Management.TrySetModeAsync("all", "live", cancel));
        Assert.Equal(before, Files());
        await bench.RestartAsync();
        await bench.AssertShownAsync("version 1");
        await bench.UntilStoreIsAsync("damaged");

        // Restored from a backup, it is the one that we knew.
        undo();
        await bench.UntilStoreIsAsync("ok");
    }

    [Fact]
    public async Task An_edge_that_starts_before_its_store_is_made_serves_the_origin_and_waits()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var origin = new RawOrigin();
        await bench.StartAsync(config => config.Set("Origins:platform:Address", $"http://127.0.0.1:{origin.Port}"));

        Assert.Equal("live", (await bench.Edge.GetAsync("/", FaultBench.Host, cancel)).DecisionKind);
        Assert.NotEqual("ok", await bench.Edge.Management.StoreStateAsync(cancel));
        await bench.PublishAsync("version 1");
        await bench.UntilStoreIsAsync("ok");
        await origin.DisposeAsync();
        await bench.UntilShownAsync("version 1");
    }

    [Fact]
    public async Task Wrong_credentials_are_said_and_harm_nobody()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var engine = S3Engine.Require();
        var bucket = await engine.CreateBucketAsync(cancel);
        await bucket.Export.SucceedAsync("init", cancel);
        await using var origin = new RawOrigin();
        PagesOrigin.Show(origin, "version 1");
        await bucket.Export.PublishAsync(FaultBench.Site, origin.Port, cancel);
        var config = new EdgeConfig(bench.Scratch["edge"], bucket.Location, origin.Port, FaultBench.Site).Set("Store:ServiceUrl", engine.Endpoint);
        await using (var edge = await EdgeProcess.StartAsync(config, cancel, bucket.Edge.Environment))
        {
            await Wait.UntilAsync("the snapshot is in the replica", FaultBench.Soon, async () => (await edge.Management.SiteAsync(cancel)).TryGetProperty("snapshot", out _), cancel);
        }

        var secret = "wrongSecretKey00000000000000000000000000";
        await using var denied = await EdgeProcess.StartAsync(config, cancel, (bucket.Edge with { SecretKey = secret }).Environment);
        await Wait.UntilAsync("the store is said to be denied", FaultBench.Soon, async () => await denied.Management.StoreStateAsync(cancel) == "denied", cancel);
        await origin.DisposeAsync();
        await denied.UntilShownAsync("version 1", FaultBench.Host, FaultBench.Soon, cancel);
        Assert.DoesNotContain(denied.Log, line => line.Contains(secret, StringComparison.Ordinal));
        Assert.DoesNotContain(secret, (await denied.Management.SitesAsync(cancel)).GetRawText(), StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    private int Files() => Directory.EnumerateFiles(bench.Store, "*", SearchOption.AllDirectories).Count();

    /// <summary>Does it, and answers how to undo it.</summary>
    private Action Damage(string fault)
    {
        var identity = Path.Combine(bench.Store, StoreKeys.Identity);
        var record = Path.Combine(bench.Store, StoreKeys.Record("publish", 1));
        return fault switch
        {
            "its store.json is gone" => Replace(identity, _ => null),
            "another store is in its place" => Replace(identity, text => text.Replace(JsonDocument.Parse(text).RootElement.GetProperty("id").GetString()!, Guid.NewGuid().ToString("N"), StringComparison.Ordinal)),
            "a record of its journal was changed" => Replace(record, text => text.Replace("tests", "tasts", StringComparison.Ordinal)),
            _ => Replace(record, _ => null),
        };

        static Action Replace(string path, Func<string, string?> change)
        {
            var old = File.ReadAllText(path);
            var content = change(old);
            File.Delete(path);
            if (content is not null)
            {
                File.WriteAllText(path, content);
            }

            return () => File.WriteAllText(path, old);
        }
    }
}

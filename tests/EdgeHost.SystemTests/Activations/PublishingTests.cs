using EdgeHost.SystemTests.Edges;
using EdgeHost.SystemTests.Origins;
using EdgeHost.SystemTests.Processes;
using EdgeHost.SystemTests.Stores;

namespace EdgeHost.SystemTests.Activations;

/// <summary>What export jobs may change for visitors, and what they may not.</summary>
public sealed class PublishingTests : IAsyncDisposable
{
    private const string Site = "shop";
    private const string Host = "shop.example";
    private const int Failed = 1;
    private const int Staged = 3;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    private readonly Scratch scratch = new();
    private readonly RawOrigin origin = new();

    [Fact]
    public async Task A_rollback_pins_a_publish_then_only_stages_and_an_unpin_ends_that()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var store = await StoreUnderTest.CreateAsync(StoreUnderTest.Directory, scratch, cancel);
        await using var edge = await StartAsync(store);
        var first = await PublishAsync(store, "version 1");
        await PublishAsync(store, "version 2");
        await edge.UntilShownAsync("version 2", Host, Soon, cancel);

        await store.Export.SucceedAsync("activate", cancel, "--site", Site, "--snapshot", first, "--reason", "version 2 is wrong");
        await edge.UntilShownAsync("version 1", Host, Soon, cancel);

        PagesOrigin.Show(origin, "version 3");
        var staged = await TryPublishAsync(store);
        Assert.True(staged.ExitCode == Staged, staged.All);
        await UntilLastExportAsync(edge, "staged");
        Assert.Contains("version 1", (await edge.GetAsync("/", Host, cancel)).Text, StringComparison.Ordinal);
        Assert.True((await edge.Management.SiteAsync(cancel)).GetProperty("pinned").GetBoolean());

        await store.Export.SucceedAsync("unpin", cancel, "--site", Site, "--reason", "mended");
        await PublishAsync(store, "version 4");
        await edge.UntilShownAsync("version 4", Host, Soon, cancel);
        Assert.False((await edge.Management.SiteAsync(cancel)).GetProperty("pinned").GetBoolean());
    }

    [Theory]
    [InlineData("a home page of status 500")]
    [InlineData("no answers", Traits = ["Category", "Long"])]
    [InlineData("a page that fails", Traits = ["Category", "Long"])]
    [InlineData("a page that is cut")]
    [InlineData("a death in the middle")]
    public async Task An_export_from_an_ill_origin_changes_nothing(string illness)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var store = await StoreUnderTest.CreateAsync(StoreUnderTest.Directory, scratch, cancel);
        await using var edge = await StartAsync(store);
        var first = await PublishAsync(store, "version 1");
        await edge.UntilShownAsync("version 1", Host, Soon, cancel);

        FallIll(illness);
        var finished = await TryPublishAsync(store, "--retries", "0", "--page-timeout", "2s");

        Assert.True(finished.ExitCode == Failed, finished.All);
        await UntilLastExportAsync(edge, "failed");
        Assert.Equal(first, (await store.PublicationAsync(Site, cancel)).Active!.Snapshot.ToString());
        Assert.Contains("version 1", (await edge.GetAsync("/", Host, cancel)).Text, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await origin.DisposeAsync();
        scratch.Dispose();
    }

    private void FallIll(string illness)
    {
        PagesOrigin.Show(origin, "version 2");
        var well = origin.Answer;
        var asked = 0;
        origin.Answer = request => illness switch
        {
            "a home page of status 500" when request.Target == "/" => "HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n"u8.ToArray(),
            "no answers" => null,
            "a page that fails" when request.Target == "/page-3" => "HTTP/1.1 502 X\r\nContent-Length: 0\r\n\r\n"u8.ToArray(),
            "a page that is cut" when request.Target == "/page-3" => "HTTP/1.1 200 X\r\nContent-Type: text/html\r\nContent-Length: 999\r\n\r\n<html>"u8.ToArray(),
            "a death in the middle" when Interlocked.Increment(ref asked) > 4 => null,
            _ => well(request),
        };
    }

    // In snapshot mode: what visitors get is the store's, and nothing else.
    private async Task<EdgeProcess> StartAsync(StoreUnderTest store)
    {
        var edge = await store.StartEdgeAsync(scratch["edge"], origin.Port, Site, TestContext.Current.CancellationToken);
        await edge.Management.SetModeAsync("all", "snapshot", TestContext.Current.CancellationToken);
        return edge;
    }

    private async Task<string> PublishAsync(StoreUnderTest store, string version)
    {
        PagesOrigin.Show(origin, version);
        await store.Export.PublishAsync(Site, origin.Port, TestContext.Current.CancellationToken);
        return (await store.PublicationAsync(Site, TestContext.Current.CancellationToken)).Active!.Snapshot.ToString();
    }

    private Task<Finished> TryPublishAsync(StoreUnderTest store, params string[] arguments) => store.Export.RunAsync(
        "publish", TestContext.Current.CancellationToken, ["--site", Site, "--origin", $"http://127.0.0.1:{origin.Port}", "--host", Host, "--scheme", "http", .. arguments]);

    private static async Task UntilLastExportAsync(EdgeProcess edge, string outcome) => await Wait.UntilAsync(
        $"the last export is shown as {outcome}",
        Soon,
        async () => (await edge.Management.SiteAsync(TestContext.Current.CancellationToken)).GetProperty("lastExport").GetProperty("outcome").GetString() == outcome,
        TestContext.Current.CancellationToken);
}

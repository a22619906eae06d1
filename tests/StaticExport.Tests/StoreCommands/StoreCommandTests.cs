using System.CommandLine;
using System.Text;
using System.Text.Json;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Identity;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Publishing;
using EdgeHost.SnapshotStore.Sites;
using StaticExport;
using StaticExport.Publishing;
using StaticExport.StoreCommands;
using StaticExport.Tests.Publishing;
using Xunit;

namespace StaticExport.Tests.StoreCommands;

public sealed class StoreCommandTests : IAsyncLifetime
{
    private readonly DirectoryUnderTest under = new();
    private readonly SomeSite some = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await StoreIdentity.InitAsync(under.Open(), TimeProvider.System, Cancel);

    public async ValueTask DisposeAsync()
    {
        some.Dispose();
        await under.DisposeAsync();
    }

    [Fact]
    public async Task Init_makes_a_store_once()
    {
        var root = Path.Combine(under.Root, "new");
        Assert.StartsWith("Created store", (await RunAsync(ExitCode.Done, InitCommand.Create(), "init", "--store", root)).Out, StringComparison.Ordinal);
        Assert.Contains("is a store already", (await RunAsync(ExitCode.Done, InitCommand.Create(), "init", "--store", root)).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_is_not_there_is_told_from_one_that_says_no()
    {
        Assert.Contains("is not there", (await RunAsync(ExitCode.Store, ListCommand.Create(), "list", "--store", Path.Combine(under.Root, "absent"))).Error, StringComparison.Ordinal);
        Assert.Contains("init", (await RunAsync(ExitCode.Failed, ListCommand.Create(), "list", "--store", Directory.CreateDirectory(Path.Combine(under.Root, "empty")).FullName)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_shows_sites_snapshots_and_json()
    {
        var first = await PublishAsync("first");
        var second = await PublishAsync("second");
        Assert.StartsWith($"nova\t{second}\t", (await RunAsync(ExitCode.Done, ListCommand.Create(), "list")).Out, StringComparison.Ordinal);
        var lines = (await RunAsync(ExitCode.Done, ListCommand.Create(), "list", "--site", "nova")).Out.Split('\n');
        Assert.StartsWith($"{second}\tactive\t", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"{first}\tretired\t", lines[1], StringComparison.Ordinal);
        using var json = JsonDocument.Parse((await RunAsync(ExitCode.Done, ListCommand.Create(), "list", "--json")).Out);
        Assert.Equal(second.ToString(), json.RootElement.GetProperty("sites")[0].GetProperty("active").GetString());
        Assert.Equal(2, json.RootElement.GetProperty("sites")[0].GetProperty("snapshots").GetArrayLength());
        await RunAsync(ExitCode.Failed, ListCommand.Create(), "list", "--site", "other");
    }

    [Fact]
    public async Task Activate_rolls_back_and_pins_and_unpin_lets_exports_activate_again()
    {
        var first = await PublishAsync("first");
        var second = await PublishAsync("second");
        var rolledBack = await RunAsync(ExitCode.Done, ActivateCommand.Create(), "activate", "--site", "nova", "--snapshot", $"{first}", "--reason", "broken menu");
        Assert.Contains($"activate --site nova --snapshot {second}", rolledBack.Out, StringComparison.Ordinal);
        Assert.Contains("unpin --site nova", rolledBack.Out, StringComparison.Ordinal);
        Assert.Equal(first, await ActiveAsync());
        Assert.Contains("already", (await RunAsync(ExitCode.Done, ActivateCommand.Create(), "activate", "--site", "nova", "--snapshot", $"{first}", "--reason", "again")).Out, StringComparison.Ordinal);

        var staged = await PublishAsync("third");
        Assert.Equal(first, await ActiveAsync());
        await RunAsync(ExitCode.Done, UnpinCommand.Create(), "unpin", "--site", "nova", "--reason", "mended");
        Assert.Contains("not pinned", (await RunAsync(ExitCode.Done, UnpinCommand.Create(), "unpin", "--site", "nova", "--reason", "mended")).Out, StringComparison.Ordinal);
        Assert.Equal(first, await ActiveAsync());
        Assert.NotEqual(staged, await PublishAsync("fourth"));
        Assert.NotEqual(first, await ActiveAsync());
    }

    [Fact]
    public async Task Activate_refuses_what_is_not_whole_and_changes_nothing()
    {
        var first = await PublishAsync("first");
        var second = await PublishAsync("second");
        string[] arguments = ["activate", "--site", "nova", "--snapshot", $"{first}", "--reason", "test"];
        var publishing = await OpenAsync();
        var manifest = await publishing.ReadManifestAsync(Some.Site, publishing.View.State.Of(Some.Site).Find(first)!, Cancel);
        var blob = StoreKeys.Blob(Some.Site, manifest.Entries[0].Bodies[0].Hash);
        var content = (await under.Open().ReadAsync(blob, Cancel))!;
        await under.DeleteAsync(blob);
        Assert.Contains("lacks 1 of its blobs", (await RunAsync(ExitCode.Failed, ActivateCommand.Create(), arguments)).Error, StringComparison.Ordinal);
        await under.OverwriteAsync(blob, content);
        await under.OverwriteAsync(StoreKeys.Manifest(Some.Site, first), ManifestFile.Write(manifest with { CapturedAt = Some.Time.AddDays(1) }));
        Assert.Contains("hash", (await RunAsync(ExitCode.Failed, ActivateCommand.Create(), arguments)).Error, StringComparison.Ordinal);
        await under.DeleteAsync(StoreKeys.Manifest(Some.Site, first));
        await RunAsync(ExitCode.Failed, ActivateCommand.Create(), arguments);
        await RunAsync(ExitCode.Failed, ActivateCommand.Create(), "activate", "--site", "nova", "--snapshot", $"{Some.Snapshot(9)}", "--reason", "test");
        Assert.Equal(second, await ActiveAsync());
        Assert.Equal(2, (await OpenAsync()).View.Head.Number);
    }

    [Fact]
    public async Task Activate_finds_snapshots_that_the_fold_has_forgotten()
    {
        var first = await PublishAsync("first");
        var publishing = await OpenAsync();
        var reference = publishing.ActiveOf(Some.Site)!;
        var view = publishing.View;
        for (var n = 0; n < 60; n++)
        {
            (view, _) = await publishing.Journal.AppendAsync(view, _ => PublishRecords.Staged(Some.Site, Some.Reference(n), "tester", null), Cancel);
        }

        Assert.Null(view.State.Of(Some.Site).Find(first));
        await RunAsync(ExitCode.Done, ActivateCommand.Create(), "activate", "--site", "nova", "--snapshot", $"{first}", "--reason", "test");
        Assert.Equal(reference, (await OpenAsync()).ActiveOf(Some.Site));
    }

    [Fact]
    public async Task Verify_finds_every_kind_of_damage()
    {
        var first = await PublishAsync("first");
        await PublishAsync("second");
        Assert.Contains(" 0 problems", (await VerifyAsync(ExitCode.Done)).Out, StringComparison.Ordinal);

        var publishing = await OpenAsync();
        var manifest = await publishing.ReadManifestAsync(Some.Site, publishing.View.State.Of(Some.Site).Find(first)!, Cancel);
        var blob = StoreKeys.Blob(Some.Site, manifest.Entries[0].Bodies[0].Hash);
        var content = (await under.Open().ReadAsync(blob, Cancel))!;
        await under.OverwriteAsync(blob, content[..^1]);
        Assert.Contains("holds other bytes", (await VerifyAsync(ExitCode.Failed)).Out, StringComparison.Ordinal);
        await under.DeleteAsync(blob);
        Assert.Contains("is missing", (await VerifyAsync(ExitCode.Failed, "--site", "nova", "--snapshot", $"{first}")).Out, StringComparison.Ordinal);
        await under.OverwriteAsync(blob, content);
        await under.DeleteAsync(StoreKeys.Record("publish", 1));
        Assert.Contains("record 1 is gone", (await VerifyAsync(ExitCode.Failed)).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_reads_snapshots_that_the_fold_has_forgotten()
    {
        var store = under.Open();
        var publishing = await OpenAsync();
        var view = publishing.View;
        StoredBody? old = null;
        for (var n = 1; n <= 60; n++)
        {
            var page = Encoding.UTF8.GetBytes($"page {n}");
            var body = new StoredBody(ContentCoding.Identity, BlobHash.Of(page), page.Length);
            old ??= body;
            var manifest = ManifestFile.Write(new SnapshotManifest
            {
                Site = Some.Site,
                Snapshot = Some.Snapshot(n),
                CapturedAt = Some.Time,
                Scheme = "https",
                Host = HostName.Parse("www.example.org"),
                Entries = [Some.Entry("/", body)],
            });
            await store.CreateAsync(StoreKeys.Blob(Some.Site, body.Hash), page, Cancel);
            await store.CreateAsync(StoreKeys.Manifest(Some.Site, Some.Snapshot(n)), manifest, Cancel);
            var reference = new SnapshotReference(Some.Snapshot(n), BlobHash.Of(manifest), Some.Time, 1);
            (view, _) = await publishing.Journal.AppendAsync(view, _ => PublishRecords.Staged(Some.Site, reference, "tester", null), Cancel);
        }

        Assert.Contains("60 snapshots, 0 of them not whole.", (await VerifyAsync(ExitCode.Done)).Out, StringComparison.Ordinal);
        await under.DeleteAsync(StoreKeys.Blob(Some.Site, old!.Hash));
        var verified = await VerifyAsync(ExitCode.Failed);
        Assert.Contains($"BAD  nova {Some.Snapshot(1)}: {StoreKeys.Blob(Some.Site, old.Hash)} is missing", verified.Out, StringComparison.Ordinal);
        Assert.Contains($"nova {Some.Snapshot(1)} (60/60): 1 entries, 1 of 1 blobs are bad", verified.Out, StringComparison.Ordinal);
        Assert.Contains("60 snapshots, 1 of them not whole.", verified.Out, StringComparison.Ordinal);
        await VerifyAsync(ExitCode.Failed, "--site", "nova", "--snapshot", $"{Some.Snapshot(1)}");
        await VerifyAsync(ExitCode.Done, "--site", "nova", "--snapshot", $"{Some.Snapshot(2)}");
    }

    [Fact]
    public async Task Verify_checks_what_a_damaged_journal_still_names()
    {
        await PublishAsync("first");
        await PublishAsync("second");
        await under.OverwriteAsync(StoreKeys.Record("publish", 2), "{}"u8.ToArray());
        var verified = await VerifyAsync(ExitCode.Failed);
        Assert.Contains("can't be read", verified.Out, StringComparison.Ordinal);
        Assert.Contains("7 entries", verified.Out, StringComparison.Ordinal);
        await VerifyAsync(ExitCode.Failed, "--site", "other");
    }

    [Fact]
    public async Task Store_check_ends_well_on_a_directory() =>
        Assert.Contains("is fit to be a store", (await RunAsync(ExitCode.Done, StoreCheckCommand.Create(), "store", "check")).Out, StringComparison.Ordinal);

    [Theory]
    [InlineData("activate", "--site", "../x")]
    [InlineData("activate", "--site", "nova", "--snapshot", "x", "--reason", "r")]
    [InlineData("activate", "--site", "nova")]
    public void Arguments_that_are_wrong_are_named(params string[] arguments) => Assert.NotEmpty(Root(ActivateCommand.Create()).Parse([.. arguments, "--store", under.Root]).Errors);

    [Theory]
    [InlineData("ftp://x")]
    [InlineData("s3:/bucket")]
    [InlineData("s3://b")]
    [InlineData("")]
    public void A_store_that_is_none_is_named(string store) => Assert.NotEmpty(Root(ListCommand.Create()).Parse(["list", "--store", store]).Errors);

    private static RootCommand Root(Command command) => [command];

    private Task<(string Out, string Error)> VerifyAsync(int expected, params string[] arguments) => RunAsync(expected, VerifyCommand.Create(), ["verify", .. arguments]);

    private async Task<(string Out, string Error)> RunAsync(int expected, Command command, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] all = arguments.Contains("--store") ? arguments : [.. arguments, "--store", under.Root];
        var code = await Root(command).Parse(all).InvokeAsync(new InvocationConfiguration { Output = output, Error = error }, Cancel);
        Assert.True(expected == code, $"exit code {code}: {output}{error}");
        return (output.ToString(), error.ToString());
    }

    private async Task<SnapshotId> PublishAsync(string text) => (await new SnapshotPublisher(await OpenAsync()).PublishAsync(some.Whole(text), "tester", null, Cancel)).Snapshot;

    private async Task<PublishingStore> OpenAsync() => await PublishingStore.OpenAsync(under.Open(), TimeProvider.System, Cancel);

    private async Task<SnapshotId> ActiveAsync() => (await OpenAsync()).ActiveOf(Some.Site)!.Snapshot;
}

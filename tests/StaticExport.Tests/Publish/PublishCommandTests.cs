using System.Text.Json;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Directories;
using EdgeHost.SnapshotStore.Publishing;
using Spectre.Console;
using StaticExport.Publish;
using StaticExport.Tests.Origins;
using Xunit;

namespace StaticExport.Tests.Publish;

public sealed class PublishCommandTests
{
    [Fact]
    public async Task Answers_0_and_writes_lines_and_a_report_where_there_is_no_terminal()
    {
        using var fixture = await ExportFixture.CreateAsync();
        await using var origin = await FakeOrigin.StartAsync();
        origin.Html("/", "<a href='/a?b=1&amp;c=2'>x</a>").Html("/a?b=1&c=2", "a");
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");

        var (code, output) = await RunAsync(origin.Url, fixture.Store, file);

        using var report = JsonDocument.Parse(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        File.Delete(file);
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("published nova as ", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\x1b', output);
        Assert.Equal(1, report.RootElement.GetProperty("format").GetInt32());
        Assert.Equal("activated", report.RootElement.GetProperty("outcome").GetString());
        var url = report.RootElement.GetProperty("urls").EnumerateArray().Single(url => url.GetProperty("url").GetString() == "/a?b=1&c=2");
        Assert.Equal(("recorded", "/"), (url.GetProperty("fate").GetString(), url.GetProperty("from").GetString()));
    }

    [Fact]
    public async Task Answers_1_for_a_failed_export()
    {
        using var fixture = await ExportFixture.CreateAsync();
        await using var origin = await FakeOrigin.StartAsync();
        origin.Status("/", 500);

        var (code, output) = await RunAsync(origin.Url, fixture.Store);

        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("what visitors see is as it was", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_4_for_a_store_that_is_not_there_and_leaves_the_origin_alone()
    {
        await using var origin = await FakeOrigin.StartAsync();

        var (code, output) = await RunAsync(origin.Url, new DirectorySnapshotStore("/nonexistent/store"));

        Assert.Equal(ExitCode.Store, code);
        Assert.Contains("static-export init", output, StringComparison.Ordinal);
        Assert.Empty(origin.Seen);
    }

    [Fact]
    public async Task Refuses_a_report_where_no_file_can_be_before_it_crawls()
    {
        using var fixture = await ExportFixture.CreateAsync();
        await using var origin = await FakeOrigin.StartAsync();

        var (noDirectory, output) = await RunAsync(origin.Url, fixture.Store, "/nonexistent/r.json");
        var (directory, _) = await RunAsync(origin.Url, fixture.Store, Path.GetTempPath());

        Assert.Equal((ExitCode.Usage, ExitCode.Usage), (noDirectory, directory));
        Assert.Contains("the directory of /nonexistent/r.json does not exist", output, StringComparison.Ordinal);
        Assert.Empty(origin.Seen);
        Assert.Null((await fixture.PublicationAsync()).LastExport);
    }

    [Fact]
    public async Task Only_warns_of_a_report_that_can_not_be_written_after_the_activation()
    {
        using var fixture = await ExportFixture.CreateAsync();
        await using var origin = await FakeOrigin.StartAsync();
        var directory = Directory.CreateTempSubdirectory("report-").FullName;
        origin.Page("/", context =>
        {
            if (Directory.Exists(directory))
            {
                Directory.Delete(directory);
            }

            return FakeOrigin.WriteAsync(context, 200, "text/html", "<html>x</html>");
        });

        var (code, output) = await RunAsync(origin.Url, fixture.Store, Path.Combine(directory, "r.json"));

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("warning  the report was not written", output, StringComparison.Ordinal);
        Assert.Contains("published nova as ", output, StringComparison.Ordinal);
        Assert.Equal(ExportOutcome.Activated, (await fixture.PublicationAsync()).LastExport!.Outcome);
    }

    [Fact]
    public async Task Has_published_what_was_cancelled_when_its_record_was_already_being_written()
    {
        using var fixture = await ExportFixture.CreateAsync();
        await using var origin = await FakeOrigin.StartAsync();
        origin.Html("/", "x");
        using var cancelling = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var store = new WatchedStore(fixture.Store) { Creating = key => CancelIf(IsRecord(key), cancelling) };

        var (code, output) = await RunAsync(origin.Url, store, cancellationToken: cancelling.Token);

        Assert.True(cancelling.IsCancellationRequested);
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("published nova as ", output, StringComparison.Ordinal);
        Assert.Equal(ExportOutcome.Activated, (await fixture.PublicationAsync()).LastExport!.Outcome);
    }

    [Fact]
    public async Task Answers_130_and_records_a_failure_when_cancelled_before_the_activation()
    {
        using var fixture = await ExportFixture.CreateAsync();
        await using var origin = await FakeOrigin.StartAsync();
        origin.Html("/", "x");
        using var cancelling = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var store = new WatchedStore(fixture.Store) { Creating = key => CancelIf(!IsRecord(key), cancelling) };

        var (code, output) = await RunAsync(origin.Url, store, cancellationToken: cancelling.Token);

        Assert.Equal(ExitCode.Cancelled, code);
        Assert.Contains("nothing was published", output, StringComparison.Ordinal);
        Assert.Equal(ExportOutcome.Failed, (await fixture.PublicationAsync()).LastExport!.Outcome);
    }

    [Fact]
    public async Task Puts_a_fault_of_its_own_on_record_as_a_failed_export()
    {
        using var fixture = await ExportFixture.CreateAsync();
        await using var origin = await FakeOrigin.StartAsync();
        var readings = 0;
        origin.Page("/", context => FakeOrigin.WriteAsync(context, 200, "text/html", $"<html>{Interlocked.Increment(ref readings)}</html>"));
        await RunAsync(origin.Url, fixture.Store);
        var active = (await fixture.PublicationAsync()).Active;
        var store = new WatchedStore(fixture.Store)
        {
            Opening = key =>
            {
                if (key.Contains("/blobs/", StringComparison.Ordinal))
                {
                    throw new InvalidOperationException("nobody thought of this");
                }
            },
        };

        var (code, output) = await RunAsync(origin.Url, store);

        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("failed: a fault of static-export. https://nova.example/ could not be processed: InvalidOperationException: nobody thought of this", output, StringComparison.Ordinal);
        var publication = await fixture.PublicationAsync();
        Assert.Equal(ExportOutcome.Failed, publication.LastExport!.Outcome);
        Assert.Equal(active!.Snapshot, publication.Active!.Snapshot);
    }

    private static CreateOutcome? CancelIf(bool isTime, CancellationTokenSource cancelling)
    {
        if (isTime)
        {
            cancelling.Cancel();
        }

        return null;
    }

    private static bool IsRecord(string key) => key.Contains("journal", StringComparison.Ordinal);

    private static async Task<(int Code, string Output)> RunAsync(Uri origin, ISnapshotStore store, string? report = null, CancellationToken? cancellationToken = null)
    {
        var (settings, _) = new SettingsReading(new SiteFile { Site = "nova", Origin = origin.GetLeftPart(UriPartial.Authority), Host = "nova.example", Retries = 0, Volatile = ["[0-9]+"] }).Read();
        await using var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = 1000;
        var code = await PublishCommand.RunAsync(settings!, store, report, console, TimeProvider.System, cancellationToken ?? TestContext.Current.CancellationToken);
        return (code, output.ToString());
    }
}

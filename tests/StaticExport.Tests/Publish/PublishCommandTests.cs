using System.Text.Json;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Directories;
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

    private static async Task<(int Code, string Output)> RunAsync(Uri origin, ISnapshotStore store, string? report = null)
    {
        var (settings, _) = new SettingsReading(new SiteFile { Site = "nova", Origin = origin.GetLeftPart(UriPartial.Authority), Host = "nova.example", Retries = 0 }).Read();
        await using var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = 1000;
        var code = await PublishCommand.RunAsync(settings!, store, report, console, TimeProvider.System, TestContext.Current.CancellationToken);
        return (code, output.ToString());
    }
}

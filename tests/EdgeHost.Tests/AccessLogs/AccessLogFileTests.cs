using EdgeHost.AccessLogs;

namespace EdgeHost.Tests.AccessLogs;

public sealed class AccessLogFileTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task Goes_on_behind_what_is_there()
    {
        await File.WriteAllTextAsync(scratch["a.log"], "0", TestContext.Current.CancellationToken);
        await using var log = new AccessLogFile(scratch["a.log"]);
        await log.WriteAsync("1"u8.ToArray());
        await log.WriteAsync("2"u8.ToArray());

        Assert.Equal("012", Read("a.log"));
    }

    [Fact]
    public async Task Is_opened_anew_when_it_was_renamed_away()
    {
        await using var log = new AccessLogFile(scratch["a.log"]);
        await log.WriteAsync("first"u8.ToArray());
        File.Move(scratch["a.log"], scratch["a.log.1"]);
        await log.WriteAsync("second"u8.ToArray());

        Assert.Equal("first", Read("a.log.1"));
        Assert.Equal("second", Read("a.log"));
    }

    [Fact]
    public async Task Is_opened_anew_when_an_empty_one_stands_in_its_place()
    {
        await using var log = new AccessLogFile(scratch["a.log"]);
        await log.WriteAsync("first"u8.ToArray());
        File.Move(scratch["a.log"], scratch["a.log.1"]);
        await File.WriteAllTextAsync(scratch["a.log"], "", TestContext.Current.CancellationToken);
        await log.WriteAsync("second"u8.ToArray());

        Assert.Equal("first", Read("a.log.1"));
        Assert.Equal("second", Read("a.log"));
    }

    [Fact]
    public async Task Starts_again_when_it_was_cut_to_nothing()
    {
        await using var log = new AccessLogFile(scratch["a.log"]);
        await log.WriteAsync("first"u8.ToArray());
        await File.WriteAllTextAsync(scratch["a.log"], "", TestContext.Current.CancellationToken);
        await log.WriteAsync("second"u8.ToArray());

        Assert.Equal("second", Read("a.log"));
    }

    [Fact]
    public async Task Makes_its_directory()
    {
        await using var log = new AccessLogFile(scratch["deep/er/a.log"]);
        await log.WriteAsync("1"u8.ToArray());

        Assert.Equal("1", Read("deep/er/a.log"));
    }

    private string Read(string name) => File.ReadAllText(scratch[name]);
}

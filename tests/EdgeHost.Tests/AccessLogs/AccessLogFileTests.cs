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
        using var log = new AccessLogFile(scratch["a.log"]);
        log.Write("1"u8);
        log.Write("2"u8);

        Assert.Equal("012", Read("a.log"));
    }

    [Fact]
    public void Is_opened_anew_when_it_was_renamed_away()
    {
        using var log = new AccessLogFile(scratch["a.log"]);
        log.Write("first"u8);
        File.Move(scratch["a.log"], scratch["a.log.1"]);
        log.Write("second"u8);

        Assert.Equal("first", Read("a.log.1"));
        Assert.Equal("second", Read("a.log"));
    }

    [Fact]
    public async Task Is_opened_anew_when_an_empty_one_stands_in_its_place()
    {
        using var log = new AccessLogFile(scratch["a.log"]);
        log.Write("first"u8);
        File.Move(scratch["a.log"], scratch["a.log.1"]);
        await File.WriteAllTextAsync(scratch["a.log"], "", TestContext.Current.CancellationToken);
        log.Write("second"u8);

        Assert.Equal("first", Read("a.log.1"));
        Assert.Equal("second", Read("a.log"));
    }

    [Fact]
    public async Task Starts_again_when_it_was_cut_to_nothing()
    {
        using var log = new AccessLogFile(scratch["a.log"]);
        log.Write("first"u8);
        await File.WriteAllTextAsync(scratch["a.log"], "", TestContext.Current.CancellationToken);
        log.Write("second"u8);

        Assert.Equal("second", Read("a.log"));
    }

    [Fact]
    public void Makes_its_directory()
    {
        using var log = new AccessLogFile(scratch["deep/er/a.log"]);
        log.Write("1"u8);

        Assert.Equal("1", Read("deep/er/a.log"));
    }

    private string Read(string name) => File.ReadAllText(scratch[name]);
}

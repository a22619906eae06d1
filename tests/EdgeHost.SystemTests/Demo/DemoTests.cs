using EdgeHost.SystemTests.Processes;

namespace EdgeHost.SystemTests.Demo;

/// <summary>The README's first command, without a person before it.</summary>
public sealed class DemoTests
{
    [Fact]
    public async Task Plays_the_outage_checks_every_page_and_leaves_nothing_behind()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var demo = ChildProcess.Start("dotnet", [Deployable.Demo, "--script"]);

        var finished = await demo.EndAsync(TimeSpan.FromMinutes(4), cancel);

        TestContext.Current.TestOutputHelper?.WriteLine(finished.Output);
        Assert.True(finished.ExitCode == 0, finished.All);
        Assert.False(Signal.SessionLives(demo.Id), "the demonstration is over, and a process that it started still runs");
    }
}

using System.Globalization;
using EdgeHost.SystemTests.Processes;

namespace EdgeHost.SystemTests.Wikis;

/// <summary>A real DokuWiki under PHP's built-in server, which can be killed and started again.</summary>
internal sealed class Wiki : IAsyncDisposable
{
    private readonly string script;
    private readonly Scratch scratch = new();

    private Wiki(string script) => this.script = script;

    public int Port { get; private set; }

    private string DirectoryPath => scratch["wiki"];

    /// <summary>A filled wiki. Where DokuWiki is not installed, the test is skipped.</summary>
    public static async Task<Wiki> StartAsync(CancellationToken cancellationToken)
    {
        var wiki = new Wiki(Require());
        try
        {
            var variables = await Scripts.RunAsync(wiki.script, ["start", wiki.DirectoryPath], cancellationToken);
            wiki.Port = int.Parse(variables["WIKI_PORT"], CultureInfo.InvariantCulture);
            return wiki;
        }
        catch
        {
            wiki.scratch.Dispose();
            throw;
        }
    }

    /// <summary>SIGKILL to PHP and all its workers; the port refuses when this returns.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        await Scripts.RunAsync(script, ["kill", DirectoryPath], cancellationToken);
        Assert.True(await Ports.RefusesAsync(Port, cancellationToken), "PHP is killed, and its port answers still");
    }

    /// <summary>The same content on the same port.</summary>
    public Task UpAsync(CancellationToken cancellationToken) => Scripts.RunAsync(script, ["up", DirectoryPath], cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Scripts.RunAsync(script, ["stop", DirectoryPath], CancellationToken.None);
        scratch.Dispose();
    }

    private static string Require()
    {
        Assert.SkipWhen(TestEnvironment.WikiScript is null, "no DokuWiki: EDGEHOST_TEST_WIKI is not set (test.sh installs it where it can)");
        return TestEnvironment.WikiScript!;
    }
}

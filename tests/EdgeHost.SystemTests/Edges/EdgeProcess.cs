using System.Net;
using EdgeHost.SystemTests.Processes;

namespace EdgeHost.SystemTests.Edges;

/// <summary>The real edge as a process, from its start to its end, with restarts in between.</summary>
internal sealed class EdgeProcess : IAsyncDisposable
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(30);

    private readonly IReadOnlyDictionary<string, string?>? environment;
    private readonly string? workingDirectory;
    private readonly bool readsLog;
    private ChildProcess child;

    private EdgeProcess(EdgeConfig config, IReadOnlyDictionary<string, string?>? environment, string? workingDirectory, bool readsLog)
    {
        Config = config;
        this.environment = environment;
        this.workingDirectory = workingDirectory;
        this.readsLog = readsLog;
        Management = new ManagementClient(config);
        child = Launch();
    }

    public EdgeConfig Config { get; }

    public ManagementClient Management { get; }

    /// <summary>What the running process has written to its standard output: one JSON object per line.</summary>
    public IReadOnlyList<string> Log => child.Output.Lines;

    /// <summary>The process that runs now.</summary>
    public int ProcessId => child.Id;

    /// <summary>How much memory it has in RAM, in bytes.</summary>
    public long ResidentBytes => ProcessMemory.Resident(child.Id);

    /// <summary>Starts an edge and waits until it is ready.</summary>
    /// <param name="config">Its configuration, which is written.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <param name="environment">What differs from our own environment.</param>
    /// <param name="workingDirectory">Null: ours.</param>
    /// <param name="readsLog">Whether its standard output is read at once, and not from <see cref="ReadLog"/> on.</param>
    public static async Task<EdgeProcess> StartAsync(
        EdgeConfig config, CancellationToken cancellationToken, IReadOnlyDictionary<string, string?>? environment = null, string? workingDirectory = null, bool readsLog = true)
    {
        config.Write();
        var edge = new EdgeProcess(config, environment, workingDirectory, readsLog);
        try
        {
            await edge.BeReadyAsync(cancellationToken);
            return edge;
        }
        catch
        {
            await edge.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts an edge that is expected not to run, and waits for its end.</summary>
    public static Task<Finished> RunToEndAsync(EdgeConfig config, CancellationToken cancellationToken)
    {
        config.Write();
        return ChildProcess.RunAsync("dotnet", [Deployable.Edge, "--config", config.File], ReadyWithin, cancellationToken);
    }

    /// <summary>Reads its standard output from here on.</summary>
    public void ReadLog() => child.ReadOutput();

    /// <summary>SIGKILL.</summary>
    public Task KillAsync() => child.KillAsync();

    /// <summary>Starts it again after <see cref="KillAsync"/>, on the same ports and data.</summary>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        await child.DisposeAsync();
        child = Launch();
        await BeReadyAsync(cancellationToken);
    }

    /// <summary>SIGTERM, and the exit code.</summary>
    public async Task<Finished> StopAsync(CancellationToken cancellationToken)
    {
        Signal.ToProcess(child.Id, Signal.Terminate);
        return await child.EndAsync(ReadyWithin, cancellationToken);
    }

    /// <summary>One GET on a connection of its own, with the site's host.</summary>
    public async Task<RawResponse> GetAsync(string target, string host, CancellationToken cancellationToken, string headers = "")
    {
        using var connection = await RawConnection.OpenAsync(Config.PublicPort, cancellationToken);
        await connection.SendAsync($"GET {target} HTTP/1.1\r\nHost: {host}\r\n{headers}\r\n", cancellationToken);
        return await connection.ReadResponseAsync(cancellationToken);
    }

    /// <summary>Waits until a target is answered by a decision such as <c>live</c> or <c>snapshot</c>.</summary>
    public Task<TimeSpan> UntilDecidedAsync(string kind, string target, string host, TimeSpan within, CancellationToken cancellationToken) => Wait.UntilAsync(
        $"{target} of {host} is answered by '{kind}'", within, async () => (await GetAsync(target, host, cancellationToken)).DecisionKind == kind, cancellationToken);

    /// <summary>Waits until every visitor gets the platform: not the few who find out whether it is well again, nor the first who get it back.</summary>
    public Task<TimeSpan> UntilLiveForAllAsync(string target, string host, TimeSpan within, CancellationToken cancellationToken) => Wait.UntilAsync(
        $"{target} of {host} is live for all", within, async () => (await GetAsync(target, host, cancellationToken)).Decision == "live; reason=origin-usable", cancellationToken);

    /// <summary>Waits until the home page holds a text.</summary>
    public Task<TimeSpan> UntilShownAsync(string text, string host, TimeSpan within, CancellationToken cancellationToken) => Wait.UntilAsync(
        $"the home page of {host} shows '{text}'", within, async () => (await GetAsync("/", host, cancellationToken)).Text.Contains(text, StringComparison.Ordinal), cancellationToken);

    /// <summary>The events that hold a text, once there is one: what an API says may be there a moment before its line.</summary>
    public async Task<IReadOnlyList<string>> LoggedAsync(string text, CancellationToken cancellationToken, TimeSpan? within = null)
    {
        IReadOnlyList<string> found = [];
        await Wait.UntilAsync($"a log line with '{text}'", within ?? TimeSpan.FromSeconds(5), () => (found = [.. Log.Where(line => line.Contains(text, StringComparison.Ordinal))]).Count > 0, cancellationToken);
        return found;
    }

    public IReadOnlyList<string> ReadAccessLog()
    {
        if (!File.Exists(Config.AccessLogFile))
        {
            return [];
        }

        using var file = new StreamReader(new FileStream(Config.AccessLogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return file.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public async ValueTask DisposeAsync()
    {
        await child.DisposeAsync();
        Management.Dispose();
    }

    private ChildProcess Launch() => ChildProcess.Start("dotnet", [Deployable.Edge, "--config", Config.File], environment, workingDirectory, readsLog);

    private async Task BeReadyAsync(CancellationToken cancellationToken)
    {
        await Wait.UntilAsync("the edge is ready", ReadyWithin, async () =>
        {
            Assert.False(child.HasExited, $"The edge has ended.\n{child.Output.Text}\n{child.Errors.Text}");
            return await Management.StatusAsync("/healthz/ready", cancellationToken) == HttpStatusCode.OK;
        }, cancellationToken);
    }
}

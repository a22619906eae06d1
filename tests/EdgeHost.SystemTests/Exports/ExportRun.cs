using EdgeHost.SystemTests.Processes;

namespace EdgeHost.SystemTests.Exports;

/// <summary>The real export job as a process.</summary>
/// <param name="store">A directory or <c>s3://bucket/prefix</c>.</param>
/// <param name="environment">The credentials, for S3.</param>
/// <param name="endpoint">For S3: the service's URL.</param>
internal sealed class ExportRun(string store, IReadOnlyDictionary<string, string?>? environment = null, string? endpoint = null)
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(4);

    /// <summary>Runs a command on the store, whatever its end.</summary>
    public Task<Finished> RunAsync(string command, CancellationToken cancellationToken, params string[] arguments)
    {
        string[] at = endpoint is null ? ["--store", store] : ["--store", store, "--s3-endpoint", endpoint];
        return ChildProcess.RunAsync("dotnet", [Deployable.StaticExport, .. command.Split(' '), .. arguments, .. at], Within, cancellationToken, environment);
    }

    public async Task<Finished> SucceedAsync(string command, CancellationToken cancellationToken, params string[] arguments)
    {
        var finished = await RunAsync(command, cancellationToken, arguments);
        Assert.True(finished.ExitCode == 0, $"static-export {command}: {finished.All}");
        return finished;
    }

    /// <summary>Publishes a site that is served at a port of 127.0.0.1 as <c>http://{site}.example</c>.</summary>
    public Task<Finished> PublishAsync(string site, int originPort, CancellationToken cancellationToken, params string[] arguments) => SucceedAsync(
        "publish", cancellationToken, ["--site", site, "--origin", $"http://127.0.0.1:{originPort}", "--host", $"{site}.example", "--scheme", "http", .. arguments]);
}

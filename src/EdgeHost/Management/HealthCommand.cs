using System.CommandLine;

namespace EdgeHost.Management;

/// <summary><c>EdgeHost health</c>: asks a running edge whether it is ready. For containers that hold no shell and no curl.</summary>
internal static class HealthCommand
{
    /// <param name="config">The option that the edge is started with; recursive, so that it may also stand after <c>health</c>.</param>
    public static Command Create(Option<FileInfo?> config)
    {
        var management = new Option<string?>("--management") { Description = "The management URL of the edge. Default: what the edge itself would find in its configuration." };
        var command = new Command("health", "Asks a running edge whether it is ready: exit code 0 when it is, 1 when it is not.") { management };
        command.SetAction((result, cancellationToken) => RunAsync(result.GetValue(management), result.GetValue(config), result.InvocationConfiguration, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string? named, FileInfo? configFile, InvocationConfiguration io, CancellationToken cancellationToken)
    {
        string url;
        try
        {
            url = Reachable(named ?? Configured(configFile));
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            await io.Error.WriteLineAsync(e.Message);
            return 1;
        }

        if (Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https")
        {
            return await AskAsync(parsed, io, cancellationToken);
        }

        await io.Error.WriteLineAsync($"'{url}' is not a URL such as http://127.0.0.1:8081.");
        return 1;
    }

    // The edge's sources in the edge's order. Nothing is watched: this process ends with the answer.
    private static string Configured(FileInfo? configFile)
    {
        var sources = new ConfigurationBuilder().SetBasePath(AppContext.BaseDirectory).AddJsonFile("appsettings.json", optional: true);
        if (configFile is not null)
        {
            sources.AddJsonFile(configFile.FullName);
        }

        return sources.AddEnvironmentVariables().Build()["EdgeHost:Management:Url"] ?? new ManagementOptions().Url;
    }

    // What stands for any address when listening is no address to ask.
    private static string Reachable(string listener) => listener.Replace("//*", "//127.0.0.1", StringComparison.Ordinal).Replace("//+", "//127.0.0.1", StringComparison.Ordinal);

    private static async Task<int> AskAsync(Uri management, InvocationConfiguration io, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(3) };
        try
        {
            using var response = await http.GetAsync(new Uri(management, "/healthz/ready"), cancellationToken);
            await io.Output.WriteAsync(await response.Content.ReadAsStringAsync(cancellationToken));
            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            await io.Error.WriteLineAsync($"No answer from {management}: {e.Message}");
            return 1;
        }
    }
}

using System.CommandLine;
using EdgeHost.Configuration;

namespace EdgeHost.Management;

/// <summary><c>EdgeHost health</c>: asks a running edge whether it is ready. For containers that hold no shell and no curl.</summary>
internal static class HealthCommand
{
    /// <param name="config">The option that the edge is started with; recursive, so that it may also stand after <c>health</c>.</param>
    /// <param name="defaultDataDirectory">The edge's, where none is configured.</param>
    public static Command Create(Option<FileInfo?> config, string defaultDataDirectory)
    {
        var management = new Option<string?>("--management") { Description = "The management URL of the edge. Default: what the running edge has noted in its data directory; else what it would find in its configuration." };
        var command = new Command("health", "Asks a running edge whether it is ready: exit code 0 when it is, 1 when it is not.") { management };
        command.SetAction((result, cancellationToken) => RunAsync(result.GetValue(management), result.GetValue(config), defaultDataDirectory, result.InvocationConfiguration, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string? named, FileInfo? configFile, string defaultDataDirectory, InvocationConfiguration io, CancellationToken cancellationToken)
    {
        if (named is null)
        {
            var (configuration, fault) = Configured(configFile);
            if (fault is not null)
            {
                // Said, and gone on from: an edge that runs does not take up such a file either.
                await io.Error.WriteLineAsync(fault);
            }

            var section = configuration.GetSection(ConfigurationErrors.Section);
            named = new ManagementAddress(section["DataDirectory"] ?? defaultDataDirectory).Read() ?? section["Management:Url"] ?? new ManagementOptions().Url;
        }

        var url = Reachable(named);
        if (Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https")
        {
            return await AskAsync(parsed, io, cancellationToken);
        }

        await io.Error.WriteLineAsync($"'{url}' is not a URL such as http://127.0.0.1:8081.");
        return 1;
    }

    // The edge's own sources in its order. Nothing is watched: this process ends with the answer.
    private static (IConfiguration Configuration, string? Fault) Configured(FileInfo? configFile)
    {
        var sources = new ConfigurationBuilder().SetBasePath(AppContext.BaseDirectory).AddJsonFile("appsettings.json", optional: true);
        if (configFile is null)
        {
            return (sources.AddEnvironmentVariables().Build(), null);
        }

        try
        {
            return (sources.AddJsonFile(configFile.FullName).AddEnvironmentVariables().Build(), null);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return (new ConfigurationBuilder().SetBasePath(AppContext.BaseDirectory).AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables().Build(), e.Message);
        }
    }

    // What stands for any address when listening is no address to ask.
    private static string Reachable(string listener)
    {
        foreach (var any in new[] { "//*", "//+", "//[::]", "//0.0.0.0" })
        {
            listener = listener.Replace(any, "//127.0.0.1", StringComparison.Ordinal);
        }

        return listener;
    }

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

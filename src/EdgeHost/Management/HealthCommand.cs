using System.CommandLine;

namespace EdgeHost.Management;

/// <summary><c>EdgeHost health</c>: asks a running edge whether it is ready. For containers that hold no shell and no curl.</summary>
internal static class HealthCommand
{
    public static Command Create()
    {
        var url = new Option<string>("--management")
        {
            Description = "The management URL of the edge.",
            DefaultValueFactory = _ => Reachable(Environment.GetEnvironmentVariable("EdgeHost__Management__Url") ?? new ManagementOptions().Url),
        };
        url.Validators.Add(result =>
        {
            if (!Uri.TryCreate(result.GetValueOrDefault<string>(), UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https"))
            {
                result.AddError($"'{result.GetValueOrDefault<string>()}' is not a URL such as http://127.0.0.1:8081.");
            }
        });
        var command = new Command("health", "Asks a running edge whether it is ready: exit code 0 when it is, 1 when it is not.") { url };
        command.SetAction((result, cancellationToken) => AskAsync(new Uri(result.GetRequiredValue(url)), cancellationToken));
        return command;
    }

    // What stands for any address when listening is no address to ask.
    private static string Reachable(string listener) => listener.Replace("//*", "//127.0.0.1", StringComparison.Ordinal).Replace("//+", "//127.0.0.1", StringComparison.Ordinal);

    private static async Task<int> AskAsync(Uri management, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(3) };
        try
        {
            using var response = await http.GetAsync(new Uri(management, "/healthz/ready"), cancellationToken);
            Console.Write(await response.Content.ReadAsStringAsync(cancellationToken));
            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync($"No answer from {management}: {e.Message}");
            return 1;
        }
    }
}

using System.CommandLine;

namespace EdgeHost.Management;

/// <summary><c>EdgeHost health</c>: asks a running edge whether it is ready. For containers that hold no shell and no curl.</summary>
internal static class HealthCommand
{
    public static Command Create()
    {
        var url = new Option<Uri>("--management") { Description = "The management URL of the edge.", DefaultValueFactory = _ => new Uri(new ManagementOptions().Url) };
        var command = new Command("health", "Asks a running edge whether it is ready: exit code 0 when it is, 1 when it is not.") { url };
        command.SetAction(async (result, cancellationToken) =>
        {
            using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(3) };
            try
            {
                using var response = await http.GetAsync(new Uri(result.GetRequiredValue(url), "/healthz/ready"), cancellationToken);
                Console.Write(await response.Content.ReadAsStringAsync(cancellationToken));
                return response.IsSuccessStatusCode ? 0 : 1;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                Console.Error.WriteLine($"No answer from {result.GetRequiredValue(url)}: {e.Message}");
                return 1;
            }
        });
        return command;
    }
}

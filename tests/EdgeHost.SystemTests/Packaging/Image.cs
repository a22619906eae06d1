using System.Text.Json;
using System.Text.RegularExpressions;
using EdgeHost.SystemTests.Processes;

namespace EdgeHost.SystemTests.Packaging;

/// <summary>A final image of the Dockerfile, its programs run as there: that user, that environment and no other, that directory.</summary>
internal sealed partial class Image
{
    /// <summary>The images' APP_UID.</summary>
    public const int UserId = 1654;

    private static readonly string[] AsNobody = [$"--reuid={UserId}", $"--regid={UserId}", "--clear-groups", "--no-new-privs"];

    private readonly string directory;
    private readonly string[] entrypoint;
    private readonly string[]? health;
    private readonly Dictionary<string, string> variables;

    private Image(string directory, string[] entrypoint, string[]? health, Dictionary<string, string> variables) =>
        (this.directory, this.entrypoint, this.health, this.variables) = (directory, entrypoint, health, variables);

    /// <summary>What <c>publish-step.sh</c> says of the images.</summary>
    public static Dictionary<string, Image> Read(string published)
    {
        var lines = published.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).ToLookup(line => line[0]);
        return lines["image"].ToDictionary(image => image[1], image => new Image(
            image[2],
            JsonSerializer.Deserialize<string[]>(image[3])!,
            lines["health"].Where(line => line[1] == image[1]).Select(line => JsonSerializer.Deserialize<string[]>(line[2])).SingleOrDefault(),
            lines["env"].Where(line => line[1] == image[1]).Select(line => line[2].Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1])));
    }

    /// <summary>Puts a directory and a port of ours into the values that name the image's own, and leaves them as they are otherwise.</summary>
    public void Remap(string path, int port)
    {
        foreach (var (name, value) in variables)
        {
            variables[name] = value.StartsWith('/') ? path : UrlPort().Replace(value, FormattableString.Invariant($"{port}"));
        }
    }

    /// <summary>What who runs the image adds: <c>docker run --env</c>.</summary>
    public void Add(string name, string value) => variables.Add(name, value);

    public ChildProcess Start(params string[] arguments) => ChildProcess.Start("setpriv", Command(entrypoint, arguments), workingDirectory: directory);

    public Task<Finished> RunAsync(params string[] arguments) => RunToEndAsync(Command(entrypoint, arguments));

    public Task<Finished> CheckHealthAsync() => RunToEndAsync(Command(health ?? throw new InvalidOperationException("The image has no health check."), []));

    private Task<Finished> RunToEndAsync(string[] command) =>
        ChildProcess.RunAsync("setpriv", command, TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken, workingDirectory: directory);

    // The images bring the runtime; here it is the one that runs this test, wherever that lies.
    private string[] Command(string[] program, string[] arguments) =>
        [.. AsNobody, "env", "-i", $"DOTNET_ROOT={RuntimeRoot}", .. variables.Select(pair => $"{pair.Key}={pair.Value}"), .. program, .. arguments];

    private static string RuntimeRoot => Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    [GeneratedRegex(@"(?<=^https?://[^/]*:)\d+", RegexOptions.CultureInvariant)]
    private static partial Regex UrlPort();
}

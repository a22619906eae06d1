using System.CommandLine;
using EdgeHost.ControlContracts;

namespace EdgeHost.Cli.Edges;

/// <summary>Which edge is asked, and with which token.</summary>
internal sealed class EdgeOptions
{
    private const string DefaultEdge = "http://127.0.0.1:8081";

    private readonly Option<Uri> edge = new("--edge")
    {
        Description = $"The edge's management URL. Default: EDGECTL_EDGE, or {DefaultEdge}.",
        HelpName = "URL",
        DefaultValueFactory = _ => new Uri(Environment.GetEnvironmentVariable("EDGECTL_EDGE") ?? DefaultEdge),
        CustomParser = result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            {
                return url;
            }

            result.AddError($"'{result.Tokens[0].Value}' is not a URL such as {DefaultEdge}.");
            return null;
        },
    };

    private readonly Option<string?> token = new("--token") { Description = "Its bearer token; others on this machine can see it in the list of processes. Default: EDGECTL_TOKEN.", HelpName = "TOKEN" };

    private readonly Option<FileInfo?> tokenFile = new("--token-file") { Description = "A file with the token, such as management.token in the edge's data directory.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        command.Options.Add(edge);
        command.Options.Add(token);
        command.Options.Add(tokenFile);
    }

    /// <exception cref="IOException">The file with the token can't be read.</exception>
    public ControlClient Open(ParseResult arguments)
    {
        var text = arguments.GetValue(token)
            ?? (arguments.GetValue(tokenFile) is { } file ? File.ReadAllText(file.FullName) : Environment.GetEnvironmentVariable("EDGECTL_TOKEN"));
        return new ControlClient(arguments.GetRequiredValue(edge), string.IsNullOrWhiteSpace(text) ? null : text.Trim());
    }
}

using System.CommandLine;
using EdgeHost.ControlContracts;

namespace EdgeHost.Cli.Edges;

/// <summary>Which edge is asked, and with which token.</summary>
internal sealed class EdgeOptions
{
    private const string DefaultEdge = "http://127.0.0.1:8081";

    private readonly Option<string?> edge = new("--edge") { Description = $"The edge's management URL. Default: EDGECTL_EDGE, or {DefaultEdge}.", HelpName = "URL" };

    private readonly Option<string?> token = new("--token") { Description = "Its bearer token; others on this machine can see it in the list of processes. Default: EDGECTL_TOKEN.", HelpName = "TOKEN" };

    private readonly Option<FileInfo?> tokenFile = new("--token-file") { Description = "A file with the token, such as management.token in the edge's data directory.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        command.Options.Add(edge);
        command.Options.Add(token);
        command.Options.Add(tokenFile);
    }

    /// <summary>The edge; or why none can be asked.</summary>
    public (ControlClient? Edge, string Fault) Open(ParseResult arguments)
    {
        var url = arguments.GetValue(edge) ?? Environment.GetEnvironmentVariable("EDGECTL_EDGE") ?? DefaultEdge;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https"))
        {
            return (null, $"'{url}' is not a URL such as {DefaultEdge}.");
        }

        try
        {
            var text = arguments.GetValue(token)
                ?? (arguments.GetValue(tokenFile) is { } file ? File.ReadAllText(file.FullName) : Environment.GetEnvironmentVariable("EDGECTL_TOKEN"));
            return text?.Trim() is not { Length: > 0 } given ? (new ControlClient(parsed, null), "")
                : given.All(c => c is > ' ' and <= '~') ? (new ControlClient(parsed, given), "")
                : (null, "The token is none: no header can carry it.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, $"The token can't be read: {e.Message}");
        }
    }
}

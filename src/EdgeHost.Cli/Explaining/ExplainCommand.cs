using System.CommandLine;
using EdgeHost.Cli.Edges;
using EdgeHost.Cli.Printing;
using EdgeHost.ControlContracts;

namespace EdgeHost.Cli.Explaining;

/// <summary><c>edgectl explain</c>: what a visitor gets for a URL, and by what this is decided.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var url = new Argument<string>("URL") { Description = "What the visitor asks for, such as https://www.example.org/about." };
        var method = new Option<string?>("--method") { Description = "How. Default: GET.", HelpName = "METHOD" };
        var client = new Option<string?>("--client") { Description = "The visitor's address: while an origin returns, some get it before others.", HelpName = "IP" };
        return new Command("explain", "Shows what a visitor gets for a URL, and by what this is decided. Nothing is asked of the origin.") { url, method, client }.OnEdge(async (session, cancellationToken) =>
            await session.EndAsync(
                await session.Edge.ExplainAsync(session.Arguments.GetRequiredValue(url), session.Arguments.GetValue(method), session.Arguments.GetValue(client), cancellationToken),
                ControlJson.Readable.ExplainResponse,
                explained =>
                {
                    Sheet.Write(session.Out, LinesOf(explained));
                    return Task.FromResult(ExitCode.Done);
                }));
    }

    private static IEnumerable<(string Name, string Text)> LinesOf(ExplainResponse explained)
    {
        yield return ("request", $"{explained.Method} {explained.Url}, {Times.Of(explained.Now)}");
        yield return ("answer", explained.Answer.Header);
        yield return ("", explained.Answer.Words);
        if (explained.ReturnedAnswer is { } returned)
        {
            yield return ("for some", returned.Header);
            yield return ("", returned.Words);
        }

        if (explained.Target is { } target)
        {
            yield return ("target", target);
        }

        if (explained is not { Site: { } site, PathRule: { } rule, Overrides: { } overrides, Scopes: { } scopes, Visitor: { } visitor, Snapshot: { } snapshot })
        {
            yield break;
        }

        yield return ("site", $"{site.Id} ({site.Name}), by {site.Host}; origin {site.Origin}{(site.Groups.Count == 0 ? "" : $"; groups {string.Join(", ", site.Groups)}")}");
        yield return ("path rule", rule.Prefix is null ? rule.Rule : $"{rule.Rule}, by {rule.Prefix}");
        foreach (var line in overrides.Select(Words).DefaultIfEmpty("none"))
        {
            yield return ("override", line);
        }

        foreach (var scope in scopes)
        {
            yield return (scope.Scope, scope.Words);
        }

        if (explained.Content is { } content)
        {
            yield return ("content", content.Words);
        }

        yield return ("visitor", visitor.Words);
        yield return ("snapshot", $"{(snapshot.Id is null ? "" : $"{snapshot.Id}. ")}{snapshot.Words}{(snapshot.Problem is { } problem ? $" {problem}" : "")}");
    }

    private static string Words(ExplainedOverride one)
    {
        var set = one.Override;
        var effect = one.Effect switch
        {
            "decides" => "decides",
            "auto" => "wins, and leaves it to health",
            "leaves-live-only" => "wins, and leaves live-only paths to the platform",
            "outranked" => "outranked by a narrower one",
            // A newer edge's word.
            _ => one.Effect,
        };
        return $"{set.Mode} on {set.Scope}{(set.Local == true ? " (this edge)" : "")}: {effect}. Set by {set.Actor}{(set.Reason is { } reason ? $": {reason}" : "")}; {Times.UntilOf(set.ExpiresAt)}";
    }
}

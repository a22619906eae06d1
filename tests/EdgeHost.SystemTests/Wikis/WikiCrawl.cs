using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using EdgeHost.SnapshotStore.Targets;

namespace EdgeHost.SystemTests.Wikis;

/// <summary>
/// A small crawler of the test's own: what a visitor could reach from <c>/</c> by links, and what the wiki answers there. It shares with the product
/// only the rule that makes a key of a path and query.
/// </summary>
internal sealed partial class WikiCrawl(Wiki wiki, Predicate<string> mayAsk) : IDisposable
{
    private static readonly (string Selector, string Attribute)[] Places =
    [
        ("a[href], area[href], link[href]", "href"), ("img[src], script[src], iframe[src], source[src], video[src], audio[src], embed[src], input[src]", "src"), ("video[poster]", "poster"),
    ];

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, MaxConnectionsPerServer = 4 })
    {
        DefaultRequestHeaders = { Host = ExportedWiki.Host },
    };

    private readonly ConcurrentDictionary<string, string> found = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Answer> answers = new(StringComparer.Ordinal);

    /// <summary>Every key that a link leads to, and the key of a page that links there.</summary>
    public IReadOnlyDictionary<string, string> Found => found;

    /// <summary>From <c>/</c> on, level by level.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        found.TryAdd("/", "(start)");
        List<string> next = ["/"];
        while (next.Count > 0)
        {
            var later = new ConcurrentBag<string>();
            await Parallel.ForEachAsync(next, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken }, async (key, cancel) =>
            {
                foreach (var link in LinksOf(await GetAsync(key, cancel)))
                {
                    if (KeyOf(link, key) is { } to && found.TryAdd(to, key) && mayAsk(to))
                    {
                        later.Add(to);
                    }
                }
            });
            next = [.. later];
        }
    }

    /// <summary>What the wiki answers for a key, asked once.</summary>
    public async Task<Answer> GetAsync(string key, CancellationToken cancellationToken)
    {
        if (answers.TryGetValue(key, out var known))
        {
            return known;
        }

        var url = new Uri($"http://127.0.0.1:{wiki.Port}{key}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Add("X-Forwarded-Proto", "http");
        request.Headers.Add("X-Forwarded-Host", ExportedWiki.Host);
        using var response = await http.SendAsync(request, cancellationToken);
        // As it was sent: the parsed form has its spaces put right.
        var type = response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var types) ? types.ToString() : null;
        var answer = new Answer((int)response.StatusCode, type, response.Headers.Location?.OriginalString, await response.Content.ReadAsByteArrayAsync(cancellationToken));
        return answers.GetOrAdd(key, answer);
    }

    public void Dispose() => http.Dispose();

    private static IEnumerable<string> LinksOf(Answer answer)
    {
        if (answer.Location is not null)
        {
            yield return answer.Location;
        }

        var text = Encoding.UTF8.GetString(answer.Body);
        if (answer.Type?.StartsWith("text/css", StringComparison.Ordinal) == true)
        {
            foreach (Match match in CssUrl().Matches(text))
            {
                yield return match.Groups[1].Value;
            }
        }

        if (answer.Type?.StartsWith("text/html", StringComparison.Ordinal) != true)
        {
            yield break;
        }

        var document = new HtmlParser().ParseDocument(text);
        foreach (var (selector, attribute) in Places)
        {
            foreach (var element in document.QuerySelectorAll(selector))
            {
                yield return element.GetAttribute(attribute)!;
            }
        }

        foreach (var element in document.QuerySelectorAll("[srcset]"))
        {
            foreach (var candidate in element.GetAttribute("srcset")!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                yield return candidate.Split(' ')[0];
            }
        }
    }

    // Null: not on this host, not HTTP, or a target that no edge would take.
    private static string? KeyOf(string link, string page)
    {
        if (!Uri.TryCreate(new Uri($"http://{ExportedWiki.Host}{page}"), link.Trim(), out var url) || url.Scheme is not ("http" or "https") || url.Host != ExportedWiki.Host)
        {
            return null;
        }

        return RequestTarget.TryParse(url.GetComponents(UriComponents.PathAndQuery, UriFormat.UriEscaped), out var target, out _) ? target.Key(QueryPolicy.Default) : null;
    }

    [GeneratedRegex("""url\(\s*["']?([^"')]+)["']?\s*\)""", RegexOptions.CultureInvariant)]
    private static partial Regex CssUrl();

    internal sealed record Answer(int Status, string? Type, string? Location, byte[] Body);
}

using System.Collections.Immutable;
using EdgeHost.SnapshotStore.Manifests;
using StaticExport.Capturing;
using StaticExport.Comparing;
using StaticExport.Fetching;
using StaticExport.LinkExtraction;
using StaticExport.Scoping;
using StaticExport.Volatility;

namespace StaticExport.Crawling;

/// <summary>
/// Asks for one URL and reads what came: 1. fetch, 2. compare with the active snapshot, 3. find the links. It keeps nothing, so several may run at once.
/// </summary>
internal sealed class Visitor(PatientOrigin origin, BodySpool spool, EarlierSnapshot earlier, VolatilePatterns volatileParts)
{
    public async Task<Visit> VisitAsync(CrawlItem item, SiteView view, CancellationToken cancellationToken)
    {
        // :: Step 1: fetch
        var (fetched, failure) = await origin.FetchAsync(view, item.Request, cancellationToken);
        if (fetched is null)
        {
            return new Visit { Item = item, Failure = failure };
        }

        // :: Step 2: compare
        var entry = item.IsNotFoundProbe ? earlier.NotFound : earlier.Find(view, item.Key);
        var freshBody = await ReadAsync(fetched.Body, cancellationToken);
        var earlierBody = EntryComparison.NeedsBodies(fetched, entry, volatileParts) ? await earlier.ReadAsync(entry!, cancellationToken) : null;
        var change = EntryComparison.Decide(fetched, entry, volatileParts, freshBody, earlierBody);
        var answer = change == EntryChange.Kept ? await KeepAsync(entry!, fetched, earlierBody, cancellationToken) : Record(item, fetched);

        // :: Step 3: links. Those of the body that is recorded: a kept page names the URLs that it named when it was captured, and they have to be in this snapshot too.
        var body = change == EntryChange.Kept ? earlierBody ?? freshBody : freshBody;
        var warnings = fetched.Refused.Select(name => $"its header '{name}' has characters that can't be repeated and is left out").ToImmutableArray();
        var links = Links(item, view, answer, body, ref warnings);
        return new Visit { Item = item, Answer = answer, Change = change, Links = links, Reservation = fetched.Reservation, Warnings = warnings };
    }

    private static CapturedAnswer Record(CrawlItem item, FetchedAnswer fetched) => new()
    {
        Key = item.IsNotFoundProbe ? "" : item.Key,
        Status = fetched.Status,
        // Settled when the crawl is over and all links are known.
        Kind = EntryKind.Document,
        ContentType = fetched.ContentType,
        Location = fetched.Location,
        LastModified = fetched.LastModified,
        Headers = fetched.Headers,
        CapturedAt = fetched.CapturedAt,
        Body = fetched.Body,
    };

    // The earlier bytes come along, in case that the publish finds one of the entry's other blobs missing.
    private async Task<CapturedAnswer> KeepAsync(ManifestEntry entry, FetchedAnswer fetched, byte[]? earlierBody, CancellationToken cancellationToken) => new()
    {
        Key = entry.Key,
        Status = entry.Status,
        Kind = entry.Kind,
        ContentType = entry.ContentType,
        Location = entry.Location,
        LastModified = entry.LastModified,
        Headers = entry.Headers,
        CapturedAt = entry.CapturedAt,
        Body = earlierBody is null ? fetched.Body : await spool.WriteAsync(new MemoryStream(earlierBody, writable: false), cancellationToken),
        KeptEntry = entry,
    };

    private static IReadOnlyList<FoundLink> Links(CrawlItem item, SiteView view, CapturedAnswer answer, byte[]? body, ref ImmutableArray<string> warnings)
    {
        var url = view.UrlOf(item.Request);
        var links = new LinkCollector(url);
        if (answer.Headers.TryGetValue("link", out var link))
        {
            HeaderLinks.CollectLink(link, links);
        }

        if (answer.Headers.TryGetValue("refresh", out var refresh))
        {
            HeaderLinks.CollectRefresh(refresh, links);
        }

        // Nobody sees the body of a redirect.
        if (answer.Location is not null || answer.Body is null)
        {
            return links.Links;
        }

        if (body is null)
        {
            warnings = warnings.Add($"it is longer than {LinkReader.LargestDocument} bytes and was not read for links");
            return links.Links;
        }

        var found = LinkReader.Read(url, item.Role, answer.ContentType, body, out var fault);
        if (fault is not null)
        {
            warnings = warnings.Add($"not all of it could be read for links: {fault}");
        }

        return [.. links.Links, .. found];
    }

    private static async Task<byte[]?> ReadAsync(SpooledBody? body, CancellationToken cancellationToken) =>
        body is null || body.Length > LinkReader.LargestDocument ? null : await File.ReadAllBytesAsync(body.File, cancellationToken);
}

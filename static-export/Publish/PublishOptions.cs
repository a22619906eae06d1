using System.Collections.Immutable;
using System.CommandLine;

namespace StaticExport.Publish;

/// <summary>The options of <c>publish</c> that describe the site and the crawl. Defaults stand where the settings are defined.</summary>
internal sealed class PublishOptions
{
    private readonly Option<string?> siteFile = new("--site-file") { Description = "A JSON file with the site's settings, each named as its option here. Unknown keys are errors.", HelpName = "FILE" };
    private readonly Option<string?> site = new("--site") { Description = "The site's id in the store: 1 to 63 of a-z, 0-9 and '-'. Required, here or in the site file.", HelpName = "ID" };
    private readonly Option<string?> origin = new("--origin") { Description = "Where the platform answers: http://10.0.0.5:8080. Required, here or in the site file.", HelpName = "URL" };
    private readonly Option<string?> host = new("--host") { Description = "The site's canonical public host, with a port if visitors use one. Required, here or in the site file.", HelpName = "HOST[:PORT]" };
    private readonly Option<string?> scheme = new("--scheme") { Description = "The scheme that visitors use: https (default) or http.", HelpName = "https|http" };
    private readonly Option<string[]> alias = Many("--alias", "Another public host of the site. It has the port of --host unless it names one.", "HOST[:PORT]");
    private readonly Option<string[]> include = Many("--include", "Export only pages that match, and what they are made of: /path*, *.ending, ?name=*, re:REGEX. Default: all.", "PATTERN");
    private readonly Option<string[]> exclude = Many("--exclude", "Leave out what matches: /path*, *.ending, ?name=*, re:REGEX. Default: nothing.", "PATTERN");
    private readonly Option<string[]> volatileParts = Many("--volatile", "What changes in a text without meaning anything. A page that differs only there keeps its earlier entry. Default: nothing.", "REGEX");
    private readonly Option<string[]> dropParameter = Many("--drop-parameter", "A query parameter that no page depends on, besides the usual tracking ones: name or prefix*.", "NAME");
    private readonly Option<string[]> seed = Many("--seed", "A page to start from, besides / and the sitemaps.", "PATH");
    private readonly Option<int?> maxPages = new("--max-pages") { Description = "Most URLs, assets included; 1 to 10000000. Default: 50000.", HelpName = "N" };
    private readonly Option<string?> maxBytes = new("--max-bytes") { Description = "Most bytes of all bodies, unpacked: 1048576, 64MiB, 20GiB. Default: 20GiB.", HelpName = "SIZE" };
    private readonly Option<string?> maxBodyBytes = new("--max-body-bytes") { Description = "Longest body, unpacked: 1048576, 64MiB. Default: 256MiB.", HelpName = "SIZE" };
    private readonly Option<int?> maxDepth = new("--max-depth") { Description = "Most steps from a start page; what a page is made of is no step; 0 to 1000000. Default: no limit.", HelpName = "N" };
    private readonly Option<string?> maxTime = new("--max-time") { Description = "Longest time for the crawl: 500ms, 30s, 10m, 6h; up to 720h. Default: 6h.", HelpName = "TIME" };
    private readonly Option<string?> pageTimeout = new("--page-timeout") { Description = "Longest time for one answer, to its last byte; up to 1h. Default: 30s.", HelpName = "TIME" };
    private readonly Option<int?> concurrency = new("--concurrency") { Description = "Requests at one time; 1 to 64. Default: 4.", HelpName = "N" };
    private readonly Option<string?> delay = new("--delay") { Description = "Least time between the starts of two requests; up to 1m. Default: 0.", HelpName = "TIME" };
    private readonly Option<int?> retries = new("--retries") { Description = "How often a failed request is tried again; 0 to 10. Default: 2.", HelpName = "N" };
    private readonly Option<int?> maxFailed = new("--max-failed") { Description = "How many URLs may fail before nothing is published; 0 and up. Default: 0.", HelpName = "N" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[]
        {
            siteFile, site, origin, host, scheme, alias, include, exclude, volatileParts, dropParameter, seed,
            maxPages, maxBytes, maxBodyBytes, maxDepth, maxTime, pageTimeout, concurrency, delay, retries, maxFailed,
        })
        {
            command.Options.Add(option);
        }
    }

    /// <returns>What was written, in the site file and on the command line; or null, and why the site file can't be used.</returns>
    public (SiteFile? Written, string? Fault) Read(ParseResult arguments)
    {
        var (file, fault) = arguments.GetValue(siteFile) is { } path ? SiteFile.Read(path) : (SiteFile.Empty, null);
        return file is null ? (null, fault) : (Merge(file, arguments), null);
    }

    private SiteFile Merge(SiteFile file, ParseResult arguments) => file with
    {
        Site = arguments.GetValue(site) ?? file.Site,
        Origin = arguments.GetValue(origin) ?? file.Origin,
        Host = arguments.GetValue(host) ?? file.Host,
        Scheme = arguments.GetValue(scheme) ?? file.Scheme,
        Alias = Both(file.Alias, arguments.GetValue(alias)),
        Include = Both(file.Include, arguments.GetValue(include)),
        Exclude = Both(file.Exclude, arguments.GetValue(exclude)),
        Volatile = Both(file.Volatile, arguments.GetValue(volatileParts)),
        DropParameter = Both(file.DropParameter, arguments.GetValue(dropParameter)),
        Seed = Both(file.Seed, arguments.GetValue(seed)),
        MaxPages = arguments.GetValue(maxPages) ?? file.MaxPages,
        MaxBytes = arguments.GetValue(maxBytes) ?? file.MaxBytes,
        MaxBodyBytes = arguments.GetValue(maxBodyBytes) ?? file.MaxBodyBytes,
        MaxDepth = arguments.GetValue(maxDepth) ?? file.MaxDepth,
        MaxTime = arguments.GetValue(maxTime) ?? file.MaxTime,
        PageTimeout = arguments.GetValue(pageTimeout) ?? file.PageTimeout,
        Concurrency = arguments.GetValue(concurrency) ?? file.Concurrency,
        Delay = arguments.GetValue(delay) ?? file.Delay,
        Retries = arguments.GetValue(retries) ?? file.Retries,
        MaxFailed = arguments.GetValue(maxFailed) ?? file.MaxFailed,
    };

    private static Option<string[]> Many(string name, string description, string help) => new(name) { Description = description + " May be given several times.", HelpName = help, DefaultValueFactory = _ => [] };

    // Generated JSON readers leave out the initialisers of properties that the file does not have.
    private static ImmutableArray<string> Both(ImmutableArray<string> file, string[]? line) => [.. file.IsDefault ? [] : file, .. line ?? []];
}

using System.Collections.Immutable;
using System.Text.RegularExpressions;
using EdgeHost.SnapshotStore.Sites;
using EdgeHost.SnapshotStore.Targets;
using StaticExport.Crawling;
using StaticExport.Fetching;
using StaticExport.Patterns;
using StaticExport.Scoping;
using StaticExport.Volatility;

namespace StaticExport.Publish;

/// <summary>Makes settings of what was written, and lists everything that is wrong with it.</summary>
internal sealed class SettingsReading(SiteFile written)
{
    private readonly List<string> faults = [];

    /// <returns>Settings, or what is wrong.</returns>
    public (ExportSettings? Settings, IReadOnlyList<string> Faults) Read()
    {
        var site = Required("site", written.Site, Site);
        var origin = Required("origin", written.Origin, Origin);
        var host = Required("host", written.Host, Authority);
        var settings = new ExportSettings
        {
            Site = site,
            Origin = origin ?? new Uri("http://localhost"),
            Canonical = new SiteView(Scheme(written.Scheme ?? "https"), host ?? new SiteAuthority(HostName.Parse("localhost"), null)),
            // Visitors who need the port on one host need it on the others.
            Aliases = [.. All(written.Alias, Authority).Select(alias => alias with { Port = alias.Port ?? host?.Port })],
            Include = All(written.Include, Pattern),
            Exclude = All(written.Exclude, Pattern),
            Volatile = new VolatilePatterns(All(written.Volatile, Volatile)),
            Query = QueryPolicy.Default with { Drop = [.. QueryPolicy.TrackingParameters, .. written.DropParameter] },
            Seeds = All(written.Seed, Seed),
            Crawl = Crawl(),
            Fetch = Fetch(),
            MaxFailed = InRange("max-failed", written.MaxFailed ?? 0, 0, int.MaxValue),
        };
        var twice = settings.Scope.Authorities.GroupBy(authority => authority.Host).FirstOrDefault(group => group.Count() > 1);
        if (host is not null && twice is not null)
        {
            faults.Add($"The host {twice.Key} is named twice by --host and --alias: a snapshot can't tell its ports apart.");
        }

        return faults.Count == 0 ? (settings, faults) : (null, faults);
    }

    private CrawlLimits Crawl()
    {
        var defaults = new CrawlLimits();
        return new CrawlLimits
        {
            MaxPages = InRange("max-pages", written.MaxPages ?? defaults.MaxPages, 1, 10_000_000),
            MaxBytes = Bytes("max-bytes", written.MaxBytes, defaults.MaxBytes),
            MaxDepth = written.MaxDepth is { } depth ? InRange("max-depth", depth, 0, 1_000_000) : null,
            MaxTime = Time("max-time", written.MaxTime, defaults.MaxTime, TimeSpan.FromDays(30)),
        };
    }

    private FetchLimits Fetch()
    {
        var defaults = new FetchLimits();
        return new FetchLimits
        {
            MaxBodyBytes = Bytes("max-body-bytes", written.MaxBodyBytes, defaults.MaxBodyBytes),
            PageTimeout = Time("page-timeout", written.PageTimeout, defaults.PageTimeout, TimeSpan.FromHours(1)),
            Retries = InRange("retries", written.Retries ?? defaults.Retries, 0, 10),
            Concurrency = InRange("concurrency", written.Concurrency ?? defaults.Concurrency, 1, 64),
            Delay = written.Delay is null or "0" ? TimeSpan.Zero : Time("delay", written.Delay, TimeSpan.Zero, TimeSpan.FromMinutes(1)),
        };
    }

    private T? Required<T>(string name, string? text, Func<string, (T? Value, string? Fault)> read)
    {
        if (string.IsNullOrEmpty(text))
        {
            faults.Add($"--{name} is missing: give it, or \"{name}\" in the site file.");
            return default;
        }

        return Read(text, read);
    }

    private ImmutableArray<T> All<T>(ImmutableArray<string> texts, Func<string, (T? Value, string? Fault)> read)
        where T : class => [.. texts.Select(text => Read(text, read)).OfType<T>()];

    private T? Read<T>(string text, Func<string, (T? Value, string? Fault)> read)
    {
        var (value, fault) = read(text);
        if (fault is not null)
        {
            faults.Add(fault);
        }

        return value;
    }

    private static (SiteId Value, string? Fault) Site(string text) => SiteId.TryParse(text, out var site) ? (site, null) : (default, SiteId.FaultOf(text));

    private static (UrlPattern? Value, string? Fault) Pattern(string text) => UrlPattern.TryParse(text, out var pattern, out var fault) ? (pattern, null) : (null, fault);

    private static (Regex? Value, string? Fault) Volatile(string text) =>
        LinearRegex.TryParse(text, out var regex, out var fault) ? (regex, null) : (null, $"'{text}' is not a volatile pattern that can be run in linear time: {fault}");

    private static (Uri? Value, string? Fault) Origin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https", PathAndQuery: "/", UserInfo: "" }
            ? (uri, null)
            : (null, $"--origin '{text}' is not an origin: write it as http://10.0.0.5:8080, without a path.");

    private static (SiteAuthority? Value, string? Fault) Authority(string text) =>
        SiteAuthority.TryParse(text, out var authority) ? (authority, null) : (null, $"'{text}' is not a host: write it as www.example.org or www.example.org:8080.");

    private static (string? Value, string? Fault) Seed(string text) =>
        text is ['/', ..] ? (text, null) : (null, $"--seed '{text}' is not a path: write it as /landing or /search?q=a.");

    private string Scheme(string text)
    {
        if (text is not ("http" or "https"))
        {
            faults.Add($"--scheme '{text}' is neither http nor https.");
        }

        return text;
    }

    private int InRange(string name, int value, int least, int most)
    {
        if (value < least || value > most)
        {
            faults.Add($"--{name} {value} is out of range: {least} to {most}.");
        }

        return value;
    }

    private long Bytes(string name, string? text, long otherwise)
    {
        if (text is null)
        {
            return otherwise;
        }

        if (!Quantity.TryBytes(text, out var bytes))
        {
            faults.Add($"--{name} '{text}' is not a number of bytes: write it as 1048576, 64MiB or 20GiB.");
        }
        else if (bytes == 0)
        {
            faults.Add($"--{name} 0 would leave nothing to export.");
        }

        return bytes;
    }

    private TimeSpan Time(string name, string? text, TimeSpan otherwise, TimeSpan most)
    {
        if (text is null)
        {
            return otherwise;
        }

        if (!Quantity.TryTime(text, out var time))
        {
            faults.Add($"--{name} '{text}' is not a time: write it as 500ms, 30s, 10m or 6h.");
        }
        else if (time <= TimeSpan.Zero || time > most)
        {
            faults.Add($"--{name} {text} is out of range: more than 0 and up to {most}.");
        }

        return time;
    }
}

using System.Collections.Frozen;
using System.Collections.Immutable;
using EdgeHost.Clients;
using EdgeHost.Origins;
using EdgeHost.SnapshotStore.Sites;
using Microsoft.Extensions.Primitives;

namespace EdgeHost.Sites;

/// <summary>All sites and the one way from a host to a site. Immutable; a request looks into one table from its start to its end.</summary>
internal sealed class SiteTable
{
    private readonly FrozenDictionary<string, Site>.AlternateLookup<ReadOnlySpan<char>> exact;
    private readonly FrozenDictionary<string, Site>.AlternateLookup<ReadOnlySpan<char>> anyLabel;

    private readonly FrozenDictionary<Origin, ImmutableArray<Site>> sitesOf;
    private readonly FrozenDictionary<SiteId, Site> byId;

    public SiteTable(SiteTableOptions options, ImmutableArray<Origin> origins, ImmutableArray<Site> sites)
    {
        Options = options;
        TrustedProxies = new TrustedProxies(options.TrustedProxies);
        SnapshotCacheControl = $"public, max-age={(long)options.Snapshots.MaxAge.TotalSeconds}";
        Origins = origins;
        Sites = sites;
        sitesOf = sites.GroupBy(site => site.Origin).ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray());
        byId = sites.ToFrozenDictionary(site => site.Id);
        exact = Lookup(sites, anyLabel: false);
        anyLabel = Lookup(sites, anyLabel: true);
    }

    /// <summary>The options that the table was made of.</summary>
    public SiteTableOptions Options { get; }

    public TrustedProxies TrustedProxies { get; }

    /// <summary>The <c>Cache-Control</c> of snapshot answers, ready to be sent.</summary>
    public StringValues SnapshotCacheControl { get; }

    public ImmutableArray<Origin> Origins { get; }

    public ImmutableArray<Site> Sites { get; }

    /// <summary>The sites on an origin; none when a reload has taken it away.</summary>
    public ImmutableArray<Site> SitesOf(Origin origin) => sitesOf.TryGetValue(origin, out var sites) ? sites : [];

    /// <summary>The site of a host as sent by a client (any case, a port, a trailing dot). Null with <paramref name="malformed"/> when it is no host at all.</summary>
    public Site? Find(string authority, out bool malformed)
    {
        malformed = false;
        if (exact.TryGetValue(authority, out var site))
        {
            return site;
        }

        if (!HostName.TryTrim(authority, out var host))
        {
            malformed = true;
            return null;
        }

        if (exact.TryGetValue(host, out site))
        {
            return site;
        }

        var dot = host.IndexOf('.');
        return dot > 0 && anyLabel.TryGetValue(host[(dot + 1)..], out site) ? site : null;
    }

    public Site? Find(SiteId id) => byId.GetValueOrDefault(id);

    private static FrozenDictionary<string, Site>.AlternateLookup<ReadOnlySpan<char>> Lookup(ImmutableArray<Site> sites, bool anyLabel) => sites
        .SelectMany(site => site.Hosts.Where(host => host.AnyLabel == anyLabel).Select(host => (Name: host.Name.ToString(), Site: site)))
        .ToFrozenDictionary(pair => pair.Name, pair => pair.Site, StringComparer.OrdinalIgnoreCase)
        .GetAlternateLookup<ReadOnlySpan<char>>();
}

using System.Collections.Immutable;
using EdgeHost.Counting;
using EdgeHost.Health;
using EdgeHost.Origins;
using EdgeHost.SnapshotStore.Sites;
using EdgeHost.SnapshotStore.Targets;

namespace EdgeHost.Sites;

/// <summary>The table in force. A good configuration replaces it; a bad one is refused whole, with its reasons, and the last good one stays.</summary>
internal sealed class SiteTableState
{
    private readonly TimeProvider clock;
    private volatile SiteTable current;
    private volatile IReadOnlyList<string> refused = [];

    public SiteTableState(SiteTableOptions options, TimeProvider clock)
    {
        this.clock = clock;
        Unknown = new RequestCounts(clock);
        current = Build(options, null);
    }

    public SiteTable Current => current;

    /// <summary>How the requests were answered that are no site's.</summary>
    public RequestCounts Unknown { get; }

    /// <summary>Why the newest configuration is not in force; empty when it is.</summary>
    public IReadOnlyList<string> Refused { get => refused; set => refused = value; }

    public void Apply(SiteTableOptions options)
    {
        var before = current;
        current = Build(options, before);
        refused = [];
        foreach (var origin in before.Origins.Except(current.Origins))
        {
            _ = DisposeLaterAsync(origin, options.Live.ActivityTimeout);
        }
    }

    // Requests on their way hold it still; its connections end when they are through.
    private async Task DisposeLaterAsync(IDisposable held, TimeSpan after)
    {
        await Task.Delay(after, clock, CancellationToken.None);
        held.Dispose();
    }

    private SiteTable Build(SiteTableOptions options, SiteTable? before)
    {
        var origins = options.Origins.Select(pair => Keep(before, pair.Key, pair.Value, options)).ToImmutableArray();
        var byName = origins.ToDictionary(origin => origin.Name, StringComparer.Ordinal);
        var sites = options.Sites.Select(pair => ToSite(before, pair.Key, pair.Value, byName[pair.Value.Origin], options)).ToImmutableArray();
        return new SiteTable(options, origins, sites);
    }

    // An origin at the address where it was keeps its health, and its connections where they would be made as they were.
    private Origin Keep(SiteTable? before, string name, OriginOptions options, SiteTableOptions table)
    {
        var address = new Uri(options.Address);
        var old = before?.Origins.FirstOrDefault(origin => origin.Name == name && origin.Address == address);
        var rules = table.Switching.ForOrigin(options.Fall, options.Rise);
        if (old is null)
        {
            return new Origin(name, address, options, new HealthState(rules, clock), new OriginClient(table.Live.ConnectTimeout, clock), clock);
        }

        old.Health.Rules = rules;
        old.Options = options;
        if (before!.Options.Live.ConnectTimeout != table.Live.ConnectTimeout)
        {
            _ = DisposeLaterAsync(old.Client, table.Live.ActivityTimeout);
            old.Client = new OriginClient(table.Live.ConnectTimeout, clock);
        }

        return old;
    }

    private Site ToSite(SiteTable? before, string id, SiteOptions options, Origin origin, SiteTableOptions table)
    {
        var siteId = SiteId.Parse(id);
        var rules = table.Switching.ForSite(origin.Options.Fall, origin.Options.Rise);
        var state = before?.Find(siteId)?.State ?? new SiteState(new HealthState(rules, clock), clock);
        state.Health.Rules = rules;
        var hosts = options.Hosts.Select(text => HostPattern.TryParse(text, out var host) ? host : throw new FormatException(text)).ToImmutableArray();
        return new Site(
            siteId,
            options.Name ?? hosts[0].Name.ToString(),
            hosts,
            origin,
            Probe.Of(options.Probe, hosts[0].Name),
            options.SnapshotMiss,
            new PathRules(options.LiveOnly.Select(Canonical), options.SnapshotFirst.Select(Canonical)),
            options.CoveredHeadersTimeout ?? table.Live.CoveredHeadersTimeout,
            state)
        { Groups = [.. options.Groups], Replica = options.Replica };

        static string Canonical(string prefix) => RequestTarget.TryParse(prefix, out var target, out var error) ? target.Path : throw new FormatException($"{prefix}: {error}");
    }
}

using System.Diagnostics.Metrics;
using EdgeHost.Decisions;
using EdgeHost.Evidence;
using EdgeHost.Health;
using EdgeHost.Sites;
using EdgeHost.SnapshotStore;
using EdgeHost.Tls;

namespace EdgeHost.Metrics;

/// <summary>The edge's meter: what is counted anyway, for whoever listens. Names and units after OpenTelemetry's conventions; docs/operating.md lists them.</summary>
internal sealed class EdgeMetrics(IMeterFactory meters, SiteTableState tables, TurnLog turns, CertificateState certificates) : IHostedService
{
    public const string MeterName = "EdgeHost";

    private readonly Lock measuring = new();
    private readonly SiteSeries series = new();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableCounter("edgehost.requests", Requests, "{request}", "Requests that were answered.");
        meter.CreateObservableCounter("edgehost.health.turns", Turns, "{turn}", "Changes of the phase of an origin's or a site's health.");
        meter.CreateObservableGauge("edgehost.certificate.expiry", Expiries, "s", "When certificates end, in seconds since 1970.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private List<Measurement<long>> Requests()
    {
        lock (measuring)
        {
            return [.. series.Of(tables.Current, tables.Unknown).SelectMany(one => one.Counts.Select(count => new Measurement<long>(
                count.Count,
                new("edgehost.site", one.Site),
                new("edgehost.decision", count.Kind.Name()),
                new("edgehost.reason", count.Reason.Name()))))];
        }
    }

    private IEnumerable<Measurement<long>> Turns() => Enum.GetValues<HealthPhase>().SelectMany(phase => new[]
    {
        OfTurns(turns.Counts.OfOrigins(phase), "origin", phase),
        OfTurns(turns.Counts.OfSites(phase), "site", phase),
    });

    // Those that end first, so that what is to be looked at is among them.
    private IEnumerable<Measurement<long>> Expiries() => certificates.Held.Where(held => held.IsInUse).OrderBy(held => held.Certificate!.NotAfter).Take(SiteSeries.MostSites)
        .Select(held => new Measurement<long>(held.Certificate!.NotAfter.ToUnixTimeSeconds(), new KeyValuePair<string, object?>("edgehost.certificate", held.Files.Name)));

    private static Measurement<long> OfTurns(long count, string scope, HealthPhase phase) =>
        new(count, new("edgehost.scope", scope), new("edgehost.phase", KebabCase.Of(phase)));
}

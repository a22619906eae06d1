using EdgeHost.Cli.Printing;
using EdgeHost.ControlContracts;

namespace EdgeHost.Cli.Status;

/// <summary>What turns nothing, and is to be looked at by a person.</summary>
internal static class Warnings
{
    private const int MostCertificates = 20;

    /// <summary>What is about the edge and no site.</summary>
    public static IEnumerable<string> Of(SitesResponse response)
    {
        if (response.Edge.Replica?.Problem is { } problem)
        {
            yield return $"the replica: {problem}";
        }

        if (response.Store.Breaker is { } breaker and not "closed")
        {
            yield return $"the store gives no blobs (breaker {breaker}): what is not in the replica is not to be had";
        }

        var certificates = response.Edge.CertificateWarnings ?? [];
        foreach (var certificate in certificates.Take(MostCertificates))
        {
            yield return Of(certificate);
        }

        if (certificates.Count > MostCertificates)
        {
            yield return $"{certificates.Count - MostCertificates} more certificates: GET /api/v1/certificates";
        }
    }

    public static IEnumerable<string> Of(SiteStatus site)
    {
        if (site.Content is { Lost: true, Since: { } since } content)
        {
            yield return $"{site.Id} has lost its content since {Times.Of(since)}: {content.LostPages} of {content.LookedPages} pages are answered with something else, last with {content.Received}";
        }

        if (site.Probe is { Finding: "configuration-error" } wrong)
        {
            yield return $"the probe of {site.Id} can't be right, and is left out of account: it sent {wrong.Sent} and received {wrong.Received}, though pages are answered well or it has never passed";
        }

        if (site.Probe is { Finding: "failed" } failed && site.State == "live")
        {
            yield return $"the probe of {site.Id} fails: it sent {failed.Sent} and received {failed.Received}";
        }

        if (site.SnapshotProblem is { } problem)
        {
            yield return $"the snapshot of {site.Id}: {problem}";
        }

        if (site.Replica is { PendingBodies: > 0 } replica)
        {
            yield return $"the snapshot of {site.Id} is served, and {replica.PendingBodies} bodies of it ({Numbers.OfBytes(replica.PendingBytes)}) are still to be brought in: a restart without the store serves the one before";
        }

        if (site.Pinned)
        {
            yield return $"{site.Id} is pinned by a rollback: exports only stage, until 'static-export unpin'";
        }
    }

    private static string Of(CertificateStatus certificate) => (certificate.State, certificate.NotAfter) switch
    {
        ("broken", null) => $"the certificate {certificate.Name} can't be used: {certificate.Problem}",
        ("broken", { } end) => $"the certificate {certificate.Name} can't be used as it lies there, and the one before is: {certificate.Problem} That one is valid until {Times.Of(end)}",
        (var state, var end) => $"the certificate {certificate.Name} of {HostsOf(certificate)} is {state}: valid until {Times.Of(end!.Value)}",
    };

    private static string HostsOf(CertificateStatus certificate) => certificate.Hosts.Count <= 3 ? string.Join(", ", certificate.Hosts) : $"{string.Join(", ", certificate.Hosts.Take(3))} and {certificate.Hosts.Count - 3} more";
}

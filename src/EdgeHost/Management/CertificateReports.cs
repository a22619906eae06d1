using EdgeHost.ControlContracts;
using EdgeHost.SnapshotStore;
using EdgeHost.Tls;

namespace EdgeHost.Management;

/// <summary>Puts what the edge knows of its certificates into the words of the control API.</summary>
internal sealed class CertificateReports(CertificateState certificates, TimeProvider clock)
{
    /// <summary>Those that a person must look at; null when there are none.</summary>
    public IReadOnlyList<CertificateStatus>? Warnings() => Statuses().Where(status => status.State == "broken" || (status.State != "good" && status.InUse)).ToList() is { Count: > 0 } some ? some : null;

    public CertificatesResponse Report() => new()
    {
        Url = NullIfEmpty(certificates.Options.Url),
        Directory = NullIfEmpty(certificates.Options.CertificateDirectory),
        Problem = certificates.DirectoryProblem,
        RefusedHandshakes = certificates.Refused,
        Certificates = [.. Statuses()],
    };

    private IEnumerable<CertificateStatus> Statuses()
    {
        var now = clock.GetUtcNow();
        return certificates.Held
            .Select(held => (Held: held, Condition: held.At(now, certificates.Options.ExpiryWarning)))
            .Where(one => one.Condition != CertificateCondition.Ignored)
            .OrderBy(one => one.Held.Problem is null).ThenBy(one => one.Held.Certificate?.NotAfter).ThenBy(one => one.Held.Files.Name, StringComparer.Ordinal)
            .Select(one => Of(one.Held, one.Condition));
    }

    private static CertificateStatus Of(HeldCertificate held, CertificateCondition condition) => new()
    {
        Name = held.Files.Name,
        File = held.Files.Chain,
        State = KebabCase.Of(condition),
        Problem = held.Problem,
        Hosts = held.Certificate is { } certificate ? certificate.Names : [],
        InUse = held.IsInUse,
        NotBefore = held.Certificate?.NotBefore,
        NotAfter = held.Certificate?.NotAfter,
        Issuer = held.Certificate?.Issuer,
        Fingerprint = held.Certificate?.Fingerprint,
    };

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}

using System.Collections.Frozen;
using System.Collections.Immutable;

namespace EdgeHost.Tls;

/// <summary>From the host name of a handshake to its certificate. Immutable; made anew when a file changes, or when time makes another certificate the better one.</summary>
internal sealed class CertificateTable
{
    private readonly FrozenDictionary<string, SiteCertificate>.AlternateLookup<ReadOnlySpan<char>> exact;
    private readonly FrozenDictionary<string, SiteCertificate>.AlternateLookup<ReadOnlySpan<char>> anyLabel;

    /// <param name="certificates">All that can be used, however old.</param>
    /// <param name="fallback">What is presented where no name fits; null: nothing.</param>
    /// <param name="now">The time.</param>
    public CertificateTable(IReadOnlyCollection<SiteCertificate> certificates, SiteCertificate? fallback, DateTimeOffset now)
    {
        Fallback = fallback;
        var wild = Best(certificates, CertificateNames.ParentOf, now);
        var own = Best(certificates, name => CertificateNames.ParentOf(name) is null ? name : null, now);
        foreach (var (name, certificate) in own.ToList())
        {
            // A certificate that a person has forgotten must not hide one that is good.
            if (!certificate.IsValidAt(now) && wild.TryGetValue(CertificateNames.AfterLabel(name).ToString(), out var other) && other.IsValidAt(now))
            {
                own[name] = other;
            }
        }

        InUse = [.. own.Values, .. wild.Values, .. fallback is null ? ImmutableArray<SiteCertificate>.Empty : [fallback]];
        ChangesAt = certificates.SelectMany(certificate => new[] { certificate.NotBefore, certificate.NotAfter }).Where(time => time > now).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
        Hosts = own.Count + wild.Count;
        exact = own.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
        anyLabel = wild.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public static CertificateTable Empty { get; } = new([], null, DateTimeOffset.MinValue);

    public SiteCertificate? Fallback { get; }

    /// <summary>Those that some host gets.</summary>
    public FrozenSet<SiteCertificate> InUse { get; }

    /// <summary>How many names there are.</summary>
    public int Hosts { get; }

    /// <summary>When a certificate ends or begins to be valid, so that another may be the better one.</summary>
    public DateTimeOffset ChangesAt { get; }

    /// <summary>The certificate of a host; null when none is for it. Never another's.</summary>
    /// <param name="serverName">As the framework gives it; null or empty when the client has sent none.</param>
    public SiteCertificate? Find(string? serverName)
    {
        if (string.IsNullOrEmpty(serverName) || ServerName.ToAscii(serverName) is not { } sent)
        {
            return null;
        }

        var name = ServerName.WithoutDot(sent);
        if (exact.TryGetValue(name, out var certificate))
        {
            return certificate;
        }

        return anyLabel.TryGetValue(CertificateNames.AfterLabel(name), out certificate) ? certificate : null;
    }

    // Of several for a name: one that is valid now, and of those the one that is so the longest.
    private static Dictionary<string, SiteCertificate> Best(IEnumerable<SiteCertificate> certificates, Func<string, string?> keyOf, DateTimeOffset now)
    {
        var best = new Dictionary<string, SiteCertificate>(StringComparer.OrdinalIgnoreCase);
        foreach (var certificate in certificates)
        {
            foreach (var key in certificate.Names.Select(keyOf).OfType<string>())
            {
                if (!best.TryGetValue(key, out var other) || Rank(certificate).CompareTo(Rank(other)) > 0)
                {
                    best[key] = certificate;
                }
            }
        }

        return best;

        // The fingerprint, so that all edges present the same.
        (bool, DateTimeOffset, string) Rank(SiteCertificate one) => (one.IsValidAt(now), one.NotAfter, one.Fingerprint);
    }
}

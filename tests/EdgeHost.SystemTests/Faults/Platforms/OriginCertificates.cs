using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeHost.SystemTests.Faults.Platforms;

/// <summary>An authority whom the edge is told to trust, and certificates for hosts: signed by it, or by nobody.</summary>
internal sealed class OriginCertificates : IDisposable
{
    // Of one moment for all: what is signed must not be valid for a second longer than who signs it.
    private static readonly DateTimeOffset From = TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(1);
    private static readonly DateTimeOffset Until = From + TimeSpan.FromDays(2);

    private readonly ECDsa authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 authority;

    public OriginCertificates()
    {
        var request = new CertificateRequest("CN=Test authority", authorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        authority = request.CreateSelfSigned(From, Until);
    }

    public string AuthorityPem => authority.ExportCertificatePem();

    public X509Certificate2 Trusted(IEnumerable<string> hosts)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signed = Request(hosts, key).Create(authority, From, Until, RandomNumberGenerator.GetBytes(8));
        return WithKey(signed.CopyWithPrivateKey(key));
    }

    public static X509Certificate2 Untrusted(IEnumerable<string> hosts)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return WithKey(Request(hosts, key).CreateSelfSigned(From, Until));
    }

    public void Dispose()
    {
        authority.Dispose();
        authorityKey.Dispose();
    }

    private static CertificateRequest Request(IEnumerable<string> hosts, ECDsa key)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts)
        {
            names.AddDnsName(host);
        }

        var request = new CertificateRequest("CN=Test platform", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        return request;
    }

    private static X509Certificate2 WithKey(X509Certificate2 certificate)
    {
        using (certificate)
        {
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
        }
    }
}

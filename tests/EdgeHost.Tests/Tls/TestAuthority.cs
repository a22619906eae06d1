using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeHost.Tests.Tls;

/// <summary>A certificate authority with a root and an intermediate, as public ones have them.</summary>
internal sealed class TestAuthority
{
    public static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset End = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset Forever = new(2099, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset LongAgo = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly X509Certificate2 intermediate;

    public TestAuthority()
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Root = Authority("CN=Test Root", rootKey).CreateSelfSigned(LongAgo, Forever);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Authority("CN=Test Intermediate", key).Create(Root, LongAgo, Forever, [1, 2, 3]);
        intermediate = certificate.CopyWithPrivateKey(key);
    }

    public X509Certificate2 Root { get; }

    public string RootPem => Root.ExportCertificatePem();

    public string IntermediatePem => intermediate.ExportCertificatePem();

    /// <summary>Valid whenever a test may run.</summary>
    public Issued Issue(params string[] names) => Issue(LongAgo, Forever, names);

    public Issued Issue(DateTimeOffset from, DateTimeOffset to, params string[] names) => Issue($"CN=not-a-name-{names.Length}.example", names, from, to);

    public Issued IssueRsa(params string[] names)
    {
        using var key = RSA.Create(2048);
        return Sign(new CertificateRequest("CN=rsa", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), names, LongAgo, Forever, key.ExportPkcs8PrivateKeyPem());
    }

    public Issued Issue(string subject, string[] names, DateTimeOffset from, DateTimeOffset to)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Sign(new CertificateRequest(subject, key, HashAlgorithmName.SHA256), names, from, to, key.ExportECPrivateKeyPem());
    }

    private Issued Sign(CertificateRequest request, string[] names, DateTimeOffset from, DateTimeOffset to, string key)
    {
        if (names.Length > 0)
        {
            var alternatives = new SubjectAlternativeNameBuilder();
            foreach (var name in names)
            {
                alternatives.AddDnsName(name);
            }

            request.CertificateExtensions.Add(alternatives.Build());
        }

        var generator = X509SignatureGenerator.CreateForECDsa(intermediate.GetECDsaPrivateKey()!);
        using var certificate = request.Create(intermediate.SubjectName, generator, from, to, RandomNumberGenerator.GetBytes(8));
        return new Issued($"{certificate.ExportCertificatePem()}\n", $"{IntermediatePem}\n", $"{key}\n", certificate.GetCertHashString(HashAlgorithmName.SHA256));
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request;
    }
}

/// <summary>A certificate, its issuer's and its key, each in PEM.</summary>
internal sealed record Issued(string Leaf, string Intermediate, string Key, string Fingerprint)
{
    public string FullChain => Leaf + Intermediate;

    /// <summary>As files of a directory: <c>name.crt</c> and <c>name.key</c>.</summary>
    public void WriteTo(string directory, string name)
    {
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, $"{name}.crt"), FullChain);
        File.WriteAllText(Path.Combine(directory, $"{name}.key"), Key);
    }
}

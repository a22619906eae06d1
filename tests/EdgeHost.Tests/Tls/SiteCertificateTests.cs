using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeHost.Tls;

namespace EdgeHost.Tests.Tls;

public sealed class SiteCertificateTests
{
    private static readonly TestAuthority Authority = new();

    [Fact]
    public void A_handshake_that_could_not_be_made_is_tried_again()
    {
        var issued = Authority.Issue("nova.example");
        using var leaf = X509Certificate2.CreateFromPem(issued.Leaf);
        using var key = new TroubledKey(issued.Key);
        var certificate = new SiteCertificate(leaf, key, []);

        Assert.Throws<CryptographicException>(() => certificate.OptionsFor(isTls13Offered: true, TlsVersion.Tls12));
        key.IsWell = true;
        Assert.Equal(issued.Fingerprint, certificate.OptionsFor(isTls13Offered: true, TlsVersion.Tls12).ServerCertificateContext!.TargetCertificate.GetCertHashString(HashAlgorithmName.SHA256));
    }

    [Fact]
    public void All_handshakes_share_what_was_made_once()
    {
        // The keys of the sessions' tickets are in it.
        var issued = Authority.Issue("nova.example");
        using var leaf = X509Certificate2.CreateFromPem(issued.Leaf);
        using var key = new TroubledKey(issued.Key) { IsWell = true };
        var certificate = new SiteCertificate(leaf, key, []);

        var all = new ConcurrentBag<object>();
        Parallel.For(0, 16, _ => all.Add(certificate.OptionsFor(isTls13Offered: true, TlsVersion.Tls12)));

        Assert.Single(all.Distinct());
    }

    /// <summary>A key that can't be had until it is well: as where a machine is out of memory for a moment.</summary>
    private sealed class TroubledKey : ECDsa
    {
        private readonly ECDsa key = Create();

        public TroubledKey(string pem) => key.ImportFromPem(pem);

        public bool IsWell { get; set; }

        public override int KeySize
        {
            get => key.KeySize;
            set => throw new NotSupportedException();
        }

        public override ECParameters ExportParameters(bool includePrivateParameters) => IsWell ? key.ExportParameters(includePrivateParameters) : throw new CryptographicException("There is no memory.");

        public override byte[] SignHash(byte[] hash) => key.SignHash(hash);

        public override bool VerifyHash(byte[] hash, byte[] signature) => key.VerifyHash(hash, signature);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                key.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}

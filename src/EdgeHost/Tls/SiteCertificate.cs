using System.Collections.Immutable;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeHost.Tls;

/// <summary>
/// A certificate with its key and chain, and how a handshake is made with it. Immutable, and never disposed of: a handshake may be using it when the next one has
/// taken its place, and the collector knows when none does any more.
/// </summary>
internal sealed class SiteCertificate(X509Certificate2 certificate, AsymmetricAlgorithm key, X509Certificate2Collection chain)
{
    private readonly Lock making = new();
    private volatile HandshakeOptions? made;

    /// <summary>The hosts that it is for.</summary>
    public ImmutableArray<string> Names { get; } = CertificateNames.Of(certificate);

    public DateTimeOffset NotBefore { get; } = certificate.NotBefore.ToUniversalTime();

    public DateTimeOffset NotAfter { get; } = certificate.NotAfter.ToUniversalTime();

    public string Issuer => certificate.Issuer;

    /// <summary>SHA-256, as other tools print it.</summary>
    public string Fingerprint { get; } = certificate.GetCertHashString(HashAlgorithmName.SHA256);

    public bool IsValidAt(DateTimeOffset time) => NotBefore <= time && time < NotAfter;

    /// <param name="host">Without port and trailing dot, in any case.</param>
    public bool Covers(ReadOnlySpan<char> host) => CertificateNames.Cover(Names, host);

    /// <param name="isTls13Offered">Whether the client is known to speak it.</param>
    /// <param name="minimum">What is spoken here at least.</param>
    public SslServerAuthenticationOptions OptionsFor(bool isTls13Offered, TlsVersion minimum) =>
        isTls13Offered || minimum == TlsVersion.Tls13 ? Handshake.Tls13 : Handshake.Either;

    // One look at the chain is some milliseconds: for ten thousand certificates that is not for the start, but for the first visitor of each. No Lazy: that would keep
    // what is thrown, too, and a machine that was out of files for a moment would have lost the certificate until its renewal.
    private HandshakeOptions Handshake
    {
        get
        {
            if (made is { } ready)
            {
                return ready;
            }

            lock (making)
            {
                return made ??= new HandshakeOptions(CertificateKey.Join(certificate, key), chain);
            }
        }
    }

    private sealed class HandshakeOptions
    {
        public HandshakeOptions(X509Certificate2 certificate, X509Certificate2Collection chain)
        {
            // Offline: what is sent is what is in the file. A handshake must not wait for some certificate authority's web server.
            var context = SslStreamCertificateContext.Create(certificate, chain, offline: true);
            Tls13 = CipherSuites.ForTls13(context);
            Either = CipherSuites.ForEither(context);
        }

        public SslServerAuthenticationOptions Tls13 { get; }

        public SslServerAuthenticationOptions Either { get; }
    }
}

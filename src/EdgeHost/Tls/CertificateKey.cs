using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeHost.Tls;

/// <summary>
/// A certificate's private key. It is compared here and joined to its certificate by the first handshake: the framework's own way does both at once, and checks an RSA key twice,
/// some milliseconds for each of ten thousand.
/// </summary>
internal static class CertificateKey
{
    /// <returns>Null when the key is another's.</returns>
    /// <exception cref="CryptographicException">It can't be read, or the certificate is for a key that is neither RSA nor ECDSA.</exception>
    /// <exception cref="ArgumentException">There is no key of the certificate's kind.</exception>
    public static AsymmetricAlgorithm? Of(X509Certificate2 certificate, string pem)
    {
        using var rsa = certificate.GetRSAPublicKey();
        if (rsa is not null)
        {
            return Read(RSA.Create(), rsa, pem);
        }

        using var ecdsa = certificate.GetECDsaPublicKey();
        return ecdsa is not null ? Read(ECDsa.Create(), ecdsa, pem) : throw new CryptographicException("The certificate is for a key that is neither RSA nor ECDSA.");
    }

    /// <summary>The certificate with its key.</summary>
    public static X509Certificate2 Join(X509Certificate2 certificate, AsymmetricAlgorithm key) =>
        key is RSA rsa ? certificate.CopyWithPrivateKey(rsa) : certificate.CopyWithPrivateKey((ECDsa)key);

    private static AsymmetricAlgorithm? Read(AsymmetricAlgorithm key, AsymmetricAlgorithm its, string pem)
    {
        try
        {
            key.ImportFromPem(pem);
            if (key.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(its.ExportSubjectPublicKeyInfo()))
            {
                return key;
            }
        }
        catch
        {
            key.Dispose();
            throw;
        }

        key.Dispose();
        return null;
    }
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeHost.Tls;

/// <summary>What came of reading a certificate: itself, or what is wrong; neither where the file holds none that is meant to be presented.</summary>
internal readonly record struct CertificateReading(SiteCertificate? Certificate, string? Problem)
{
    /// <summary>Several times the longest chain with the longest key.</summary>
    public const int LargestFile = 256 * 1024;

    private const string Begin = "-----BEGIN ";

    public static CertificateReading Of(CertificateFiles files)
    {
        try
        {
            var chainText = Read(files.Chain);
            var keyText = files.Key == files.Chain ? chainText : Read(files.Key);
            return Of(files, chainText, keyText);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return Wrong(e.Message);
        }
        catch (CryptographicException e)
        {
            return Wrong($"{Path.GetFileName(files.Chain)} can't be read: {e.Message}");
        }
    }

    private static CertificateReading Of(CertificateFiles files, string chainText, string keyText)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(chainText);
        if (chain.Count == 0)
        {
            // A key in a file of its own, or parameters: no certificate, and none is missed. What holds nothing whole is being written.
            return chainText.Contains(Begin, StringComparison.Ordinal) && !chainText.Contains($"{Begin}CERTIFICATE", StringComparison.Ordinal) ? default
                : Wrong($"{Path.GetFileName(files.Chain)} holds no whole certificate.");
        }

        if (!keyText.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
        {
            return IsAuthority(chain[0]) ? default : Wrong($"{(files.Key == files.Chain ? $"{Path.ChangeExtension(Path.GetFileName(files.Chain), ".key")} is missing, and {Path.GetFileName(files.Chain)} holds no key" : $"{Path.GetFileName(files.Key)} holds no key")}.");
        }

        if (keyText.Contains("ENCRYPTED", StringComparison.Ordinal))
        {
            return Wrong($"{Path.GetFileName(files.Key)} holds a key with a password; it must have none.");
        }

        return WithKey(files, chain, keyText);
    }

    private static CertificateReading WithKey(CertificateFiles files, X509Certificate2Collection chain, string keyText)
    {
        var own = chain[0];
        try
        {
            if (CertificateKey.Of(own, keyText) is not { } key)
            {
                return Wrong($"{Path.GetFileName(files.Key)} holds no key that belongs to {Path.GetFileName(files.Chain)}.");
            }

            chain.RemoveAt(0);
            return new CertificateReading(new SiteCertificate(own, key, chain), null);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return Wrong($"{Path.GetFileName(files.Key)} holds no key that belongs to {Path.GetFileName(files.Chain)}: {e.Message}");
        }
    }

    private static bool IsAuthority(X509Certificate2 certificate) => certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority);

    private static string Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return file.Length > LargestFile ? throw new InvalidDataException($"{Path.GetFileName(path)} has {file.Length} bytes, more than any certificate.") : new StreamReader(file).ReadToEnd();
    }

    private static CertificateReading Wrong(string problem) => new(null, problem);
}

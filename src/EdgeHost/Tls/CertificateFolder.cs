namespace EdgeHost.Tls;

/// <summary>
/// Which files of a directory, and of the folders directly in it, belong together:
/// <code>
/// www.nova.example/fullchain.pem + privkey.pem   certbot's live directory; its cert.pem and chain.pem are in the former
/// nova-tls/tls.crt + tls.key                     a mounted secret of Kubernetes; what begins with a dot (..data) is how it is swapped
/// nova.crt + nova.key, nova.pem + nova.key       by hand
/// nova.pem                                       certificate and key in one
/// </code>
/// </summary>
internal static class CertificateFolder
{
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static IReadOnlyList<CertificateFiles> Find(string directory) =>
        [.. In(directory, "").Concat(Directory.EnumerateDirectories(directory).Where(IsShown).Order(StringComparer.Ordinal).SelectMany(folder => In(folder, Path.GetFileName(folder))))];

    private static IEnumerable<CertificateFiles> In(string directory, string folder)
    {
        var files = Directory.EnumerateFiles(directory).Where(IsShown).Select(path => Path.GetFileName(path)).ToHashSet(StringComparer.Ordinal);
        if (files.Contains("fullchain.pem"))
        {
            yield return new CertificateFiles(folder.Length == 0 ? "fullchain" : folder, Path.Combine(directory, "fullchain.pem"), Path.Combine(directory, "privkey.pem"));
            files.ExceptWith(["fullchain.pem", "cert.pem", "chain.pem", "privkey.pem"]);
        }

        foreach (var file in files.Where(IsChain).Order(StringComparer.Ordinal))
        {
            var stem = Path.GetFileNameWithoutExtension(file);
            if (file.EndsWith(".pem", StringComparison.Ordinal) && files.Contains($"{stem}.crt"))
            {
                continue;
            }

            var path = Path.Combine(directory, file);
            yield return new CertificateFiles(
                folder.Length == 0 ? stem : stem == "tls" ? folder : $"{folder}/{stem}",
                path,
                files.Contains($"{stem}.key") ? Path.Combine(directory, $"{stem}.key") : path);
        }
    }

    private static bool IsShown(string path) => !Path.GetFileName(path.AsSpan()).StartsWith('.');

    private static bool IsChain(string file) => Path.GetExtension(file) is ".crt" or ".pem";
}

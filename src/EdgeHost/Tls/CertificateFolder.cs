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
        [.. In(directory, "").Concat(Directory.EnumerateDirectories(directory).Where(IsShown).Order(StringComparer.Ordinal).SelectMany(InFolder))];

    // One folder that can't be read keeps no other from being followed: it is reported like a pair that can't be, and what was held of it stays.
    private static IReadOnlyList<CertificateFiles> InFolder(string folder)
    {
        try
        {
            return [.. In(folder, Path.GetFileName(folder))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [new CertificateFiles(Path.GetFileName(folder), Path.Combine(folder, "fullchain.pem"), Path.Combine(folder, "privkey.pem"))];
        }
    }

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

    // A file system of its own has a lost+found.
    private static bool IsShown(string path) => Path.GetFileName(path.AsSpan()) is var name && !name.StartsWith('.') && name is not "lost+found";

    private static bool IsChain(string file) => Path.GetExtension(file) is ".crt" or ".pem";
}

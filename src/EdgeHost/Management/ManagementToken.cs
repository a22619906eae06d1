using System.Security.Cryptography;
using System.Text;

namespace EdgeHost.Management;

/// <summary>The bearer token (RFC 6750) of the control API: configured, or generated once into a file that only this user can read.</summary>
internal sealed class ManagementToken
{
    private const string FileName = "management.token";

    private readonly byte[] hash;

    private ManagementToken(string token, string place)
    {
        hash = SHA256.HashData(Encoding.UTF8.GetBytes(token));
        Place = place;
    }

    /// <summary>Where a person finds it.</summary>
    public string Place { get; }

    /// <summary>Takes the configured token, the file's, or makes the file.</summary>
    /// <exception cref="IOException">The file can't be read or made.</exception>
    public static ManagementToken Open(ManagementOptions options, string dataDirectory)
    {
        if (options.Token is { } configured)
        {
            return new ManagementToken(configured, "the setting EdgeHost:Management:Token");
        }

        var path = Path.Combine(Path.GetFullPath(dataDirectory), FileName);
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(dataDirectory);
            var create = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                // Created with its final mode: there is no moment at which others could read it.
                create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var file = new FileStream(path, create);
            file.Write(Encoding.ASCII.GetBytes(RandomNumberGenerator.GetHexString(48, lowercase: true) + "\n"));
            file.Flush(flushToDisk: true);
        }

        Narrow(path);
        var token = File.ReadAllText(path).Trim();
        return token.Length >= ManagementRules.ShortestToken
            ? new ManagementToken(token, $"the file {path} on this machine")
            : throw new IOException($"{path} holds no token of at least {ManagementRules.ShortestToken} characters; remove it to have one generated.");
    }

    /// <summary>Whether an <c>Authorization</c> header carries it. Takes the same time whatever it carries.</summary>
    public bool Accepts(string? authorization)
    {
        const string Scheme = "Bearer ";
        return authorization is not null
            && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(authorization[Scheme.Length..].Trim())), hash);
    }

    // Copied with the directory, or written by a person: others must not read it for longer than until now.
    private static void Narrow(string path)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) != 0)
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            // Somebody else's file, or a disk that is mounted for reading: who mounted it has chosen who reads it.
        }
    }
}

using System.Security.Cryptography;
using System.Text;
using EdgeHost.Configuration;

namespace EdgeHost.Management;

/// <summary>The bearer token (RFC 6750) of the control API: configured, or generated once into a file that only this user can read.</summary>
internal sealed class ManagementToken
{
    private const string FileName = "management.token";

    private readonly byte[] hash;

    private ManagementToken(string token) => hash = SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Takes the configured token, the file's, or makes the file.</summary>
    /// <exception cref="IOException">The file can't be read or made.</exception>
    public static ManagementToken Open(EdgeOptions options)
    {
        if (options.Management.Token is { } configured)
        {
            return new ManagementToken(configured);
        }

        var path = PathIn(options.DataDirectory);
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(options.DataDirectory);
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

        var token = File.ReadAllText(path).Trim();
        return token.Length >= ManagementRules.ShortestToken
            ? new ManagementToken(token)
            : throw new IOException($"{path} holds no token of at least {ManagementRules.ShortestToken} characters; remove it to have one generated.");
    }

    public static string PathIn(string dataDirectory) => Path.Combine(Path.GetFullPath(dataDirectory), FileName);

    /// <summary>Whether an <c>Authorization</c> header carries it. Takes the same time whatever it carries.</summary>
    public bool Accepts(string? authorization)
    {
        const string Scheme = "Bearer ";
        return authorization is not null
            && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(authorization[Scheme.Length..].Trim())), hash);
    }
}

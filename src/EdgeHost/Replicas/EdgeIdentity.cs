using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace EdgeHost.Replicas;

/// <summary>What this edge is called in the journal: random, made at the first start, and kept beside the replica, so that a copied configuration makes no second one of it.</summary>
internal sealed partial record EdgeIdentity(string Id)
{
    private const string FileName = "edge.id";

    /// <exception cref="IOException">The file holds no id.</exception>
    public static EdgeIdentity Open(string dataDirectory)
    {
        var path = Path.Combine(Path.GetFullPath(dataDirectory), FileName);
        return File.Exists(path) ? Read(path) : Make(path);
    }

    private static EdgeIdentity Make(string path)
    {
        var made = new EdgeIdentity(RandomNumberGenerator.GetHexString(32, lowercase: true));
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            file.Write(Encoding.ASCII.GetBytes(made.Id + "\n"));
            file.Flush(flushToDisk: true);
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            // A disk for reading only: what is set for this edge alone would not outlast the process either, and visitors are served all the same.
        }

        return made;
    }

    private static EdgeIdentity Read(string path)
    {
        var id = File.ReadAllText(path).Trim();
        return Form().IsMatch(id) ? new EdgeIdentity(id) : throw new IOException($"{path} holds no id of 32 hexadecimal digits; restore it, or remove it to have another made: what was set for this edge alone ends then.");
    }

    [GeneratedRegex("^[0-9a-f]{32}\\z")]
    private static partial Regex Form();
}

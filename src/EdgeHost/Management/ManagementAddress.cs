using System.Text;
using EdgeHost.SnapshotStore.Directories;

namespace EdgeHost.Management;

/// <summary>
/// Where the running edge can be asked: a note that it leaves in its data directory. A configuration that has been changed or broken since the start says where the
/// next edge would be, and an orchestrator that asked there would end one that is well.
/// </summary>
internal sealed class ManagementAddress(string dataDirectory)
{
    private readonly string path = Path.Combine(Path.GetFullPath(dataDirectory), "management.url");

    /// <summary>Without the note, the configuration is asked.</summary>
    public async Task WriteAsync(string url, CancellationToken cancellationToken)
    {
        try
        {
            await AtomicFile.ReplaceAsync(path, Path.GetDirectoryName(path)!, async file => await file.WriteAsync(Encoding.UTF8.GetBytes(url + "\n"), cancellationToken), cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full or read-only disk must not keep an edge from starting.
        }
    }

    /// <summary>Null when there is none.</summary>
    public string? Read()
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user's, say.
            return null;
        }
    }
}

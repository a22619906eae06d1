namespace EdgeHost.Replicas;

/// <summary>One edge owns its data directory: two would take each other's unfinished files away, have one name in the journal, and answer for each other's health. Held until the process ends, however it ends.</summary>
internal sealed class DataDirectoryLock : IDisposable
{
    private readonly FileStream? file;

    private DataDirectoryLock(FileStream? file) => this.file = file;

    /// <exception cref="IOException">Another edge has it.</exception>
    public static DataDirectoryLock Take(string dataDirectory)
    {
        var directory = Path.GetFullPath(dataDirectory);
        try
        {
            Directory.CreateDirectory(directory);
            return new DataDirectoryLock(new FileStream(Path.Combine(directory, "edge.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (IsHeld(e))
        {
            throw new IOException($"{directory} is in use by another edge. Give each edge a DataDirectory of its own, or end that one.");
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            // A disk for reading only, or a full one: visitors are served all the same.
            return new DataDirectoryLock(null);
        }
    }

    public void Dispose() => file?.Dispose();

    // EWOULDBLOCK on Linux and on macOS, ERROR_SHARING_VIOLATION on Windows.
    private static bool IsHeld(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020);
}

namespace EdgeHost.AccessLogs;

/// <summary>The file behind the access log, or standard output. Opened anew when it was renamed or removed, as log rotation does.</summary>
/// <remarks>It blocks: .NET hands an asynchronous write to a file to another thread, which blocks.</remarks>
internal sealed class AccessLogFile(string path) : IDisposable
{
    private FileStream? file;
    private readonly Stream? standardOutput = path == "-" ? Console.OpenStandardOutput() : null;
    private long written;

    public void Write(ReadOnlySpan<byte> lines)
    {
        if (standardOutput is not null)
        {
            standardOutput.Write(lines);
            standardOutput.Flush();
            return;
        }

        CloseIfMoved();
        file ??= Open();
        file.Write(lines);
        written = file.CanSeek ? file.Position : 0;
    }

    public void Dispose() => file?.Dispose();

    // Something shorter than what we wrote is not our file any more. A pipe has no length, and nobody rotates it.
    private void CloseIfMoved()
    {
        if (file is { CanSeek: true } && (new FileInfo(path) is not { Exists: true } now || now.Length < written))
        {
            file.Dispose();
            file = null;
        }
    }

    private FileStream Open()
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } directory)
        {
            Directory.CreateDirectory(directory);
        }

        return new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
    }
}

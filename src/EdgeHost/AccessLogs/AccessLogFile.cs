namespace EdgeHost.AccessLogs;

/// <summary>The file behind the access log, or standard output. Opened anew when it was renamed or removed, as log rotation does.</summary>
internal sealed class AccessLogFile(string path) : IAsyncDisposable
{
    private FileStream? file;
    private readonly Stream? standardOutput = path == "-" ? Console.OpenStandardOutput() : null;
    private long written;

    public async Task WriteAsync(ReadOnlyMemory<byte> lines)
    {
        if (standardOutput is not null)
        {
            await standardOutput.WriteAsync(lines);
            await standardOutput.FlushAsync();
            return;
        }

        await ReopenIfMovedAsync();
        file ??= Open();
        await file.WriteAsync(lines);
        await file.FlushAsync();
        written = file.CanSeek ? file.Position : 0;
    }

    public async ValueTask DisposeAsync()
    {
        if (file is not null)
        {
            await file.DisposeAsync();
        }
    }

    // Something shorter than what we wrote is not our file any more. A pipe has no length, and nobody rotates it.
    private async Task ReopenIfMovedAsync()
    {
        if (file is { CanSeek: true } && (new FileInfo(path) is not { Exists: true } now || now.Length < written))
        {
            await file.DisposeAsync();
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

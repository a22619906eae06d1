namespace EdgeHost.SnapshotStore.Directories;

/// <summary>
/// Files that are there whole or not at all, also after a kill or a power cut: written under a temporary name, made durable, and then given their name.
/// </summary>
public static class AtomicFile
{
    /// <summary>Creates a file unless it exists. False when it does: the other content stays as it is. Atomic among processes.</summary>
    /// <param name="path">The file to create; its directory is made if it is missing.</param>
    /// <param name="temporaryDirectory">Where the content is first written; on the same file system.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="cancellationToken">Cancels before the file has its name.</param>
    public static Task<bool> CreateAsync(string path, string temporaryDirectory, Func<Stream, Task> write, CancellationToken cancellationToken) =>
        WriteAsync(path, temporaryDirectory, write, TryGiveNewName, durable: true, cancellationToken);

    /// <summary>Writes a file, in place of an earlier one of that name if there is one.</summary>
    /// <inheritdoc cref="CreateAsync"/>
    public static Task ReplaceAsync(string path, string temporaryDirectory, Func<Stream, Task> write, CancellationToken cancellationToken) =>
        WriteAsync(path, temporaryDirectory, write, Rename, durable: true, cancellationToken);

    /// <summary>
    /// As <see cref="ReplaceAsync"/>, but a power cut before the next <see cref="Flush"/> may leave the file empty or gone: for many files at once whose content is checked when it is read.
    /// </summary>
    /// <inheritdoc cref="CreateAsync"/>
    public static Task ReplaceLazilyAsync(string path, string temporaryDirectory, Func<Stream, Task> write, CancellationToken cancellationToken) =>
        WriteAsync(path, temporaryDirectory, write, Rename, durable: false, cancellationToken);

    /// <summary>The same for a small file, on a thread that may wait for the disk.</summary>
    /// <param name="path">The file to write; its directory is made if it is missing.</param>
    /// <param name="temporaryDirectory">Where the content is first written; on the same file system.</param>
    /// <param name="content">The content.</param>
    public static void ReplaceLazily(string path, string temporaryDirectory, ReadOnlySpan<byte> content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Directory.CreateDirectory(temporaryDirectory);
        var temporary = Path.Combine(temporaryDirectory, $"{Guid.NewGuid():N}.tmp");
        try
        {
            File.WriteAllBytes(temporary, content);
            Rename(temporary, path);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Makes durable what has been written so far.</summary>
    public static void Flush()
    {
        if (!OperatingSystem.IsWindows())
        {
            Posix.Sync();
        }
    }

    private static bool Rename(string temporary, string final)
    {
        File.Move(temporary, final, overwrite: true);
        return true;
    }

    private static async Task<bool> WriteAsync(string path, string temporaryDirectory, Func<Stream, Task> write, Func<string, string, bool> giveName, bool durable, CancellationToken cancellationToken)
    {
        var directory = Path.GetDirectoryName(path)!;
        CreateDirectory(directory);
        Directory.CreateDirectory(temporaryDirectory);
        var temporary = Path.Combine(temporaryDirectory, $"{Guid.NewGuid():N}.tmp");
        try
        {
            await using (var file = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, Options = FileOptions.Asynchronous }))
            {
                await write(file);
                file.Flush(flushToDisk: durable);
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (!giveName(temporary, path))
            {
                return false;
            }

            if (durable && !OperatingSystem.IsWindows())
            {
                Posix.SyncDirectory(directory);
            }

            return true;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    // A file whose directory is lost in a power cut is lost too: each new directory's name is made durable in the one above it.
    private static void CreateDirectory(string directory)
    {
        if (Directory.Exists(directory))
        {
            return;
        }

        var parent = Path.GetDirectoryName(directory);
        if (parent is not null)
        {
            CreateDirectory(parent);
        }

        Directory.CreateDirectory(directory);
        if (parent is not null && !OperatingSystem.IsWindows())
        {
            Posix.SyncDirectory(parent);
        }
    }

    // File.Move without overwrite looks first and renames then, so two writers could both believe that they were first. link(2) can't be fooled.
    private static bool TryGiveNewName(string temporary, string path)
    {
        if (OperatingSystem.IsWindows())
        {
            try
            {
                File.Move(temporary, path, overwrite: false);
                return true;
            }
            catch (IOException) when (File.Exists(path))
            {
                return false;
            }
        }

        return Posix.Link(temporary, path) switch
        {
            0 => true,
            Posix.ErrorExists => false,
            var error => throw new IOException($"cannot create {path} atomically (errno {error}): the file system must have hard links, and we must be allowed to write there"),
        };
    }
}

using System.Runtime.InteropServices;

namespace EdgeHost.SnapshotStore.Directories;

/// <summary>What .NET has no call for: an atomic create of a whole file, and making a directory entry durable.</summary>
internal static partial class Posix
{
    public const int ErrorExists = 17; // EEXIST, the same on Linux and macOS

    private const int ErrorInvalid = 22; // EINVAL, the same on Linux and macOS

    /// <summary>link(2): gives a file a second name, and fails when that name is taken. Answers 0 or the errno.</summary>
    public static int Link(string existing, string created) => LinkNative(existing, created) == 0 ? 0 : Marshal.GetLastPInvokeError();

    /// <summary>fsync(2) on a directory, so that a name in it survives a power cut.</summary>
    public static void SyncDirectory(string directory)
    {
        var descriptor = OpenNative(directory, 0);
        if (descriptor < 0)
        {
            throw new IOException($"cannot open {directory} to make it durable (errno {Marshal.GetLastPInvokeError()})");
        }

        try
        {
            // Some network file systems can't sync a directory; there is no more that could be done on them.
            if (FsyncNative(descriptor) != 0 && Marshal.GetLastPInvokeError() is not ErrorInvalid and var error)
            {
                throw new IOException($"fsync of {directory} failed (errno {error})");
            }
        }
        finally
        {
            _ = CloseNative(descriptor);
        }
    }

    /// <summary>sync(2): everything that is written goes to the disks. Linux waits for it.</summary>
    [LibraryImport("libc", EntryPoint = "sync")]
    public static partial void Sync();

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LinkNative(string existing, string created);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenNative(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FsyncNative(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int CloseNative(int descriptor);
}

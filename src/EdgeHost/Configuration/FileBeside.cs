using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace EdgeHost.Configuration;

/// <summary>
/// A directory's files without what lies below them. The framework's provider watches the whole tree, and beside an edge's configuration may lie its data:
/// millions of directories, of which each would cost the kernel a watch.
/// </summary>
internal sealed class FileBeside : IFileProvider, IDisposable
{
    private readonly PhysicalFileProvider files;
    private readonly FileSystemWatcher watcher;
    private CancellationTokenSource changed = new();

    /// <param name="directory">The directory.</param>
    /// <param name="name">The file in it that is watched.</param>
    public FileBeside(string directory, string name)
    {
        files = new PhysicalFileProvider(directory);
        watcher = new FileSystemWatcher(directory, name) { IncludeSubdirectories = false };
        watcher.Created += (_, _) => Tell();
        watcher.Changed += (_, _) => Tell();
        watcher.Renamed += (_, _) => Tell();
        watcher.Deleted += (_, _) => Tell();
        watcher.EnableRaisingEvents = true;
    }

    public IFileInfo GetFileInfo(string subpath) => files.GetFileInfo(subpath);

    public IDirectoryContents GetDirectoryContents(string subpath) => files.GetDirectoryContents(subpath);

    public IChangeToken Watch(string filter) => new CancellationChangeToken(Volatile.Read(ref changed).Token);

    public void Dispose()
    {
        watcher.Dispose();
        files.Dispose();
        changed.Dispose();
    }

    // Who asks again in answer to it waits for the next change.
    private void Tell() => Interlocked.Exchange(ref changed, new CancellationTokenSource()).Cancel();
}

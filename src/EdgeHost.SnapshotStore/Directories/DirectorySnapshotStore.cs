using System.Runtime.CompilerServices;

namespace EdgeHost.SnapshotStore.Directories;

/// <summary>A store in a directory: on one machine, or on a network file system with hard links and exclusive creation (NFS 3 and later).</summary>
/// <remarks>The directory itself is made when <c>store.json</c> is created and at no other time: a store that is not mounted must not come into being anew below its mount point.</remarks>
public sealed class DirectorySnapshotStore(string root, TimeProvider? clock = null) : ISnapshotStore
{
    // Longer than any write takes. What a kill has left behind is older than this some day.
    private static readonly TimeSpan OldestTemporary = TimeSpan.FromDays(1);

    private readonly string root = Path.GetFullPath(root);
    private readonly TimeProvider clock = clock ?? TimeProvider.System;
    private int swept;

    public string Location => root;

    public TimeSpan? ClockOffset => TimeSpan.Zero;

    // Beside the content and never listed: a kill in mid-write leaves a file only there.
    private string TemporaryDirectory => Path.Combine(root, ".tmp");

    public Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = PathOf(StoreKeys.Checked(key));
        try
        {
            return Task.FromResult<Stream?>(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 81920, FileOptions.Asynchronous));
        }
        catch (Exception e) when (IsAbsent(e, path))
        {
            return Task.FromResult<Stream?>(null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(e, "read", key);
        }
    }

    public async Task<CreateOutcome> CreateAsync(string key, Stream content, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = PathOf(StoreKeys.Checked(key));
        try
        {
            if (key != StoreKeys.Identity && !Directory.Exists(root))
            {
                throw new DirectoryNotFoundException($"no directory {root}");
            }

            if (File.Exists(path))
            {
                return CreateOutcome.AlreadyExists;
            }

            SweepOnce();
            content.Position = 0;
            var created = await AtomicFile.CreateAsync(path, TemporaryDirectory, file => content.CopyToAsync(file, cancellationToken), cancellationToken);
            return created ? CreateOutcome.Created : CreateOutcome.AlreadyExists;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(e, "create", key);
        }
    }

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var key in Keys(StoreKeys.CheckedPrefix(prefix)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return key;
        }

        await Task.CompletedTask;
    }

    private List<string> Keys(string prefix)
    {
        // A prefix may end within a name, as it may on S3.
        var folder = PathOf(prefix[..(prefix.LastIndexOf('/') + 1)]);
        try
        {
            if (!Directory.Exists(root))
            {
                throw new DirectoryNotFoundException($"no directory {root}");
            }

            if (!Directory.Exists(folder))
            {
                return [];
            }

            // Names that are no keys are not ours: .tmp, lost+found, what a network file system leaves of deleted files.
            var keys = Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = 0 })
                .Select(file => Path.GetRelativePath(root, file).Replace(Path.DirectorySeparatorChar, '/'))
                .Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && StoreKeys.IsKey(key))
                .ToList();
            keys.Sort(StringComparer.Ordinal);
            return keys;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(e, "list", prefix);
        }
    }

    // What killed writers have left. Never fails a write: another process may sweep too, or the files may not be ours.
    private void SweepOnce()
    {
        if (Interlocked.Exchange(ref swept, 1) == 1 || !Directory.Exists(TemporaryDirectory))
        {
            return;
        }

        var oldest = clock.GetUtcNow() - OldestTemporary;
        foreach (var file in new DirectoryInfo(TemporaryDirectory).EnumerateFiles("*.tmp").Where(file => file.LastWriteTimeUtc < oldest.UtcDateTime))
        {
            try
            {
                file.Delete();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                continue;
            }
        }
    }

    private string PathOf(string key) => Path.Combine(root, key.Replace('/', Path.DirectorySeparatorChar));

    // A directory of that name is no object, as on S3. Opening one reads as "access denied".
    private bool IsAbsent(Exception e, string path) =>
        (e is FileNotFoundException or DirectoryNotFoundException && Directory.Exists(root)) || (e is UnauthorizedAccessException && Directory.Exists(path));

    private StoreException Failed(Exception e, string what, string key) => e switch
    {
        UnauthorizedAccessException => new(StoreFailure.Denied, $"The store {root} does not let us {what} {key}: give this user access to the directory. ({e.Message})", e),
        DirectoryNotFoundException when !Directory.Exists(root) => new(StoreFailure.Unreachable, $"The store {root} is not there: mount or restore it, or correct the location. Only where there has never been one: 'static-export init' makes one.", e),
        _ => new(StoreFailure.Unreachable, $"The store {root} could not {what} {key}: {e.Message}", e),
    };
}

using System.Runtime.CompilerServices;

namespace EdgeHost.SnapshotStore.Directories;

/// <summary>A store in a directory: on one machine, or on a network file system with hard links and exclusive creation (NFS 3 and later).</summary>
public sealed class DirectorySnapshotStore(string root) : ISnapshotStore
{
    private readonly string root = Path.GetFullPath(root);

    public string Location => root;

    public TimeSpan? ClockOffset => TimeSpan.Zero;

    // Beside the content and never listed: a kill in mid-write leaves a file only there.
    private string TemporaryDirectory => Path.Combine(root, ".tmp");

    public Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return Task.FromResult<Stream?>(new FileStream(PathOf(key), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 81920, FileOptions.Asynchronous));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException && Directory.Exists(root))
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
        var path = PathOf(key);
        if (File.Exists(path))
        {
            return CreateOutcome.AlreadyExists;
        }

        try
        {
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
        foreach (var key in Keys(prefix))
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

            var keys = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(root, file).Replace(Path.DirectorySeparatorChar, '/'))
                .Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && key[0] != '.')
                .ToList();
            keys.Sort(StringComparer.Ordinal);
            return keys;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(e, "list", prefix);
        }
    }

    private string PathOf(string key)
    {
        if (key.Contains("..", StringComparison.Ordinal) || key is ['/' or '\\', ..])
        {
            throw new ArgumentException($"'{key}' is not a key of a store", nameof(key));
        }

        return Path.Combine(root, key.Replace('/', Path.DirectorySeparatorChar));
    }

    private StoreException Failed(Exception e, string what, string key) => e switch
    {
        UnauthorizedAccessException => new(StoreFailure.Denied, $"The store {root} does not let us {what} {key}: give this user access to the directory. ({e.Message})", e),
        DirectoryNotFoundException when !Directory.Exists(root) => new(StoreFailure.Unreachable, $"The store {root} is not there: mount it, or create it with 'static-export init'.", e),
        _ => new(StoreFailure.Unreachable, $"The store {root} could not {what} {key}: {e.Message}", e),
    };
}

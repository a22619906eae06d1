using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Directories;

namespace ManySites;

/// <summary>A directory store without what makes a real one safe: it doesn't wait for the disk, and writes no checkpoint but those that are wanted.</summary>
internal sealed class QuickStore(string root, Func<string, bool> wants) : ISnapshotStore
{
    private readonly DirectorySnapshotStore read = new(root);
    private readonly Dictionary<string, byte[]> recent = new(StringComparer.Ordinal);
    private string? made;

    public string Location => root;

    public TimeSpan? ClockOffset => TimeSpan.Zero;

    public Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken) =>
        recent.TryGetValue(key, out var content) ? Task.FromResult<Stream?>(new MemoryStream(content, writable: false))
        // Looked for first: an exception for each record that is not there yet takes longer than all the rest.
        : File.Exists(Path.Combine(root, key)) ? read.OpenAsync(key, cancellationToken)
        : Task.FromResult<Stream?>(null);

    public Task<CreateOutcome> CreateAsync(string key, Stream content, CancellationToken cancellationToken)
    {
        if (wants(key))
        {
            var bytes = new byte[content.Length];
            content.Position = 0;
            content.ReadExactly(bytes);
            var path = Path.Combine(root, key);
            if (Path.GetDirectoryName(path) is { } directory && directory != made)
            {
                Directory.CreateDirectory(made = directory);
            }

            File.WriteAllBytes(path, bytes);
            if (key == StoreKeys.Identity || StoreKeys.RecordNumber("publish", key) is not null)
            {
                // What the next append looks at.
                if (recent.Count > 16)
                {
                    var identity = recent.GetValueOrDefault(StoreKeys.Identity);
                    recent.Clear();
                    if (identity is not null)
                    {
                        recent[StoreKeys.Identity] = identity;
                    }
                }

                recent[key] = bytes;
            }
        }

        return Task.FromResult(CreateOutcome.Created);
    }

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => read.ListAsync(prefix, cancellationToken);
}

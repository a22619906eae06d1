using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Directories;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Publishing;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.Replicas;

/// <summary>The replica's small JSON files. One that can't be read is as good as none: the store still has it all.</summary>
internal sealed partial class ReplicaFiles(ReplicaLayout layout, ILogger<ReplicaFiles> log)
{
    private static readonly IReadOnlySet<BlobHash> Nothing = new HashSet<BlobHash>();

    // One line in the log for a disk that is full, not one at each try.
    private readonly ConcurrentDictionary<string, bool> unwritable = new(StringComparer.Ordinal);

    /// <summary>The state, if this version can take it up.</summary>
    public async Task<ReplicaState?> ReadStateAsync(CancellationToken cancellationToken)
    {
        var state = await ReadAsync(layout.State, ReplicaJson.Default.ReplicaState, cancellationToken);
        try
        {
            return state is { Format: ReplicaState.CurrentFormat } && (state.PublishView(), state.OpsView()) is (not null, not null) ? state : null;
        }
        catch (JsonException e)
        {
            LogUnreadable(e, layout.State);
            return null;
        }
    }

    /// <summary>False when the disk does not take it.</summary>
    public Task<bool> TryWriteStateAsync(ReplicaState state, CancellationToken cancellationToken) =>
        TryWriteAsync(layout.State, state, ReplicaJson.Default.ReplicaState, cancellationToken);

    /// <summary>The snapshot of a site of which all is here that its policy wants; null when none is.</summary>
    public ServedSnapshot? ReadServing(SiteId site)
    {
        var path = layout.Serving(site);
        try
        {
            // At once and not asynchronously: at the start there is one of these for each site, and nothing else to do.
            return File.Exists(path) && JsonSerializer.Deserialize(File.ReadAllBytes(path), ServingJson.Default.ServingFile) is { Format: ServingFile.CurrentFormat } file
                && SnapshotId.TryParse(file.Snapshot, out var id) && BlobHash.TryParse(file.Manifest, out var hash)
                    ? new ServedSnapshot(new SnapshotReference(id, hash, file.CapturedAt, file.Entries), file.Answers ?? file.Entries, MissingIn(file))
                    : null;
        }
        catch (Exception e) when (e is JsonException || DiskFault.Is(e))
        {
            LogUnreadable(e, path);
            return null;
        }
    }

    /// <summary>False when the disk does not take it.</summary>
    public Task<bool> TryWriteServingAsync(SiteId site, ServedSnapshot served, CancellationToken cancellationToken)
    {
        var (reference, answers, missing) = served;
        return TryWriteAsync(
            layout.Serving(site),
            new ServingFile(ServingFile.CurrentFormat, reference.Snapshot.ToString(), reference.Manifest.Text, reference.CapturedAt, reference.Entries)
            {
                Answers = answers == reference.Entries ? null : answers,
                Missing = missing.Count == 0 ? null : [.. missing.Select(hash => hash.Text)],
            },
            ServingJson.Default.ServingFile,
            cancellationToken);
    }

    /// <summary>The changes that the journal has yet to be told.</summary>
    public async Task<LocalChange[]> ReadLocalAsync(CancellationToken cancellationToken) =>
        await ReadAsync(layout.Local, LocalChangesJson.Default.LocalChangesFile, cancellationToken) is { Format: LocalChangesFile.CurrentFormat } file ? file.Changes : [];

    /// <summary>False when the disk does not take it.</summary>
    public Task<bool> TryWriteLocalAsync(IEnumerable<LocalChange> changes, CancellationToken cancellationToken) =>
        TryWriteAsync(layout.Local, new LocalChangesFile(LocalChangesFile.CurrentFormat, [.. changes]), LocalChangesJson.Default.LocalChangesFile, cancellationToken);

    private static IReadOnlySet<BlobHash> MissingIn(ServingFile file) =>
        file.Missing is not { Count: > 0 } missing ? Nothing : missing.Select(text => BlobHash.TryParse(text, out var hash) ? hash : default).ToHashSet();

    private async Task<T?> ReadAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            // Whole: a reader that gets it in parts begins anew with each.
            return JsonSerializer.Deserialize(await File.ReadAllBytesAsync(path, cancellationToken), type);
        }
        catch (Exception e) when (e is JsonException || DiskFault.Is(e))
        {
            LogUnreadable(e, path);
            return null;
        }
    }

    private async Task<bool> TryWriteAsync<T>(string path, T content, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        if (layout.Format.IsNewer)
        {
            // Said at the start.
            return false;
        }

        try
        {
            await AtomicFile.ReplaceAsync(path, layout.Temporary, file => JsonSerializer.SerializeAsync(file, content, type, cancellationToken), cancellationToken);
            unwritable.TryRemove(path, out _);
            return true;
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            if (unwritable.TryAdd(path, true))
            {
                LogUnwritable(e, path);
            }

            return false;
        }
    }

    [LoggerMessage(EventId = 310, Level = LogLevel.Warning, Message = "{Path} can't be read and is passed over")]
    private partial void LogUnreadable(Exception e, string path);

    [LoggerMessage(EventId = 311, Level = LogLevel.Error, Message = "{Path} can't be written: a restart without the store would know less than this edge does now. It is tried again")]
    private partial void LogUnwritable(Exception e, string path);
}

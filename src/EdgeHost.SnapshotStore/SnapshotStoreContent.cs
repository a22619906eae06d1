namespace EdgeHost.SnapshotStore;

/// <summary>Whole small objects (records, manifests) read and created as bytes.</summary>
public static class SnapshotStoreContent
{
    /// <summary>Larger than any manifest or record that EdgeHost writes; a bigger object under such a name is not ours.</summary>
    public const int MaxObjectBytes = 256 * 1024 * 1024;

    /// <summary>Reads a whole object, or null when there is none.</summary>
    public static async Task<byte[]?> ReadAsync(this ISnapshotStore store, string key, CancellationToken cancellationToken)
    {
        var stream = await store.OpenAsync(key, cancellationToken);
        if (stream is null)
        {
            return null;
        }

        await using (stream)
        {
            try
            {
                return await ReadToEndAsync(stream, key, cancellationToken);
            }
            catch (IOException e)
            {
                throw new StoreException(StoreFailure.Unreachable, $"{store.Location} broke off while sending {key}: {e.Message}", e);
            }
        }
    }

    /// <inheritdoc cref="ISnapshotStore.CreateAsync"/>
    public static async Task<CreateOutcome> CreateAsync(this ISnapshotStore store, string key, byte[] content, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(content, writable: false);
        return await store.CreateAsync(key, stream, cancellationToken);
    }

    /// <summary>Whether an object is there. Its content is not read.</summary>
    public static async Task<bool> ExistsAsync(this ISnapshotStore store, string key, CancellationToken cancellationToken)
    {
        var stream = await store.OpenAsync(key, cancellationToken);
        if (stream is null)
        {
            return false;
        }

        await stream.DisposeAsync();
        return true;
    }

    private static async Task<byte[]> ReadToEndAsync(Stream stream, string key, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[81920];
        int read;
        while ((read = await stream.ReadAsync(chunk, cancellationToken)) > 0)
        {
            if (buffer.Length + read > MaxObjectBytes)
            {
                throw new StoreException(StoreFailure.Invalid, $"{key} is larger than {MaxObjectBytes} bytes: it was not written by EdgeHost.");
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }
}

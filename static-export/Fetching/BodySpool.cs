using System.Buffers;
using System.Security.Cryptography;
using EdgeHost.SnapshotStore.Blobs;
using StaticExport.Capturing;

namespace StaticExport.Fetching;

/// <summary>A directory for captured bodies, named by their hashes: a crawl of a large site does not fit in memory. It is removed with the export.</summary>
internal sealed class BodySpool : IDisposable
{
    // Readable by this user alone; TMPDIR says where.
    private readonly string directory = Directory.CreateTempSubdirectory("static-export-").FullName;
    private int written;

    /// <summary>Writes what <paramref name="read"/> gives, until it gives 0.</summary>
    /// <returns>The body; null when <paramref name="read"/> gave up with null.</returns>
    /// <exception cref="IOException">The spool can't be written. What <paramref name="read"/> throws passes as it is.</exception>
    public async Task<SpooledBody?> WriteAsync(Func<Memory<byte>, ValueTask<int?>> read, CancellationToken cancellationToken)
    {
        var part = Path.Combine(directory, $"part-{Interlocked.Increment(ref written)}");
        var buffer = ArrayPool<byte>.Shared.Rent(81920);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            long length = 0;
            bool isWhole;
            await using (var file = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                int? given;
                while ((given = await read(buffer)) is > 0 and var count)
                {
                    hash.AppendData(buffer, 0, count);
                    await file.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                    length += count;
                }

                isWhole = given is not null;
            }

            if (!isWhole)
            {
                File.Delete(part);
                return null;
            }

            var name = BlobHash.Parse(Convert.ToHexStringLower(hash.GetHashAndReset()));
            var path = Path.Combine(directory, name.Text);
            File.Move(part, path, overwrite: true);
            return new SpooledBody(path, length, name);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public async Task<SpooledBody> WriteAsync(Stream content, CancellationToken cancellationToken) =>
        (await WriteAsync(async memory => await content.ReadAsync(memory, cancellationToken), cancellationToken))!;

    public void Dispose()
    {
        try
        {
            Directory.Delete(directory, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Left over in the temporary directory; the export's own result counts.
        }
    }
}

using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Manifests;

namespace EdgeHost.Indexes;

/// <summary>Makes the index of a manifest: the same content, laid out so that one answer is found and read without the others.</summary>
/// <remarks>
/// The body: 1. the site's scheme, host and query policy, and how many documents there are; 2. the texts that answers share (types, names and values of headers);
/// 3. the views; 4. where each answer lies; 5. for the canonical answers, and those of each view, an open-addressing table of key hash and answer; 6. the answers.
/// Numbers are LEB128 where they are mostly small; 4 and 5 are of fixed width.
/// </remarks>
internal sealed class IndexWriter : IDisposable
{
    private readonly MemoryStream output = new();
    private readonly BinaryWriter write;
    private readonly Dictionary<string, int> shared = new(StringComparer.Ordinal);
    private readonly long seed;
    private readonly BlobHash hash;

    private IndexWriter(BlobHash manifest)
    {
        hash = manifest;
        write = new BinaryWriter(output, Encoding.UTF8);
        write.Write(new byte[IndexFormat.HeaderLength]);
        seed = BinaryPrimitives.ReadInt64LittleEndian(Convert.FromHexString(manifest.Text));
    }

    /// <param name="manifest">A manifest that holds to the rules.</param>
    /// <param name="hash">Its hash as stored.</param>
    public static byte[] Write(SnapshotManifest manifest, BlobHash hash)
    {
        using var writer = new IndexWriter(hash);
        return writer.Write(manifest);
    }

    public void Dispose() => write.Dispose();

    private byte[] Write(SnapshotManifest manifest)
    {
        WriteSite(manifest);
        var entries = manifest.AllEntries().ToList();
        WriteShared(entries);
        WriteViews(manifest);

        // Room for the places, which are known once the answers are written.
        write.Write(manifest.NotFound is not null);
        write.Write(entries.Count);
        var offsetsAt = output.Position;
        write.Write(new byte[entries.Count * sizeof(int)]);
        WriteTable(manifest.Entries.Select(entry => entry.Key), 0);
        var first = manifest.Entries.Length;
        foreach (var view in manifest.Views)
        {
            WriteTable(view.Entries.Select(entry => entry.Key), first);
            first += view.Entries.Length;
        }

        var offsets = new List<int>(entries.Count);
        foreach (var entry in entries)
        {
            offsets.Add((int)output.Position);
            WriteEntry(entry);
        }

        output.Position = offsetsAt;
        offsets.ForEach(write.Write);
        var file = output.ToArray();
        IndexFormat.Seal(file, hash);
        return file;
    }

    private void WriteSite(SnapshotManifest manifest)
    {
        write.Write(manifest.Scheme);
        write.Write(manifest.Host.ToString());
        write.Write(manifest.Query.Sort);
        write.Write7BitEncodedInt(manifest.Query.Drop.Length);
        foreach (var name in manifest.Query.Drop)
        {
            write.Write(name);
        }

        write.Write7BitEncodedInt(manifest.Entries.Length);
        write.Write7BitEncodedInt(manifest.Entries.Count(entry => entry is { Kind: EntryKind.Document, Status: 200 }));
    }

    private void WriteShared(IEnumerable<ManifestEntry> entries)
    {
        foreach (var text in entries.SelectMany(entry => entry.Headers.SelectMany(header => new[] { header.Key, header.Value }).Prepend(entry.ContentType)).OfType<string>())
        {
            shared.TryAdd(text, shared.Count);
        }

        write.Write7BitEncodedInt(shared.Count);
        foreach (var text in shared.Keys)
        {
            write.Write(text);
        }
    }

    private void WriteViews(SnapshotManifest manifest)
    {
        write.Write7BitEncodedInt(manifest.Views.Length);
        foreach (var view in manifest.Views)
        {
            write.Write(view.Scheme);
            write.Write(view.Host.ToString());
            write.Write((byte)view.Rule);
            write.Write7BitEncodedInt(view.RedirectStatus ?? 0);
            write.Write(view.RedirectTo ?? "");
        }
    }

    // Half empty at least, so that what is not there is mostly found out at the first look. A place is 0, or one more than the number of an answer.
    private void WriteTable(IEnumerable<string> keys, int first)
    {
        var list = keys.ToList();
        var slots = new (uint Hash, int Place)[BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, list.Count * 2))];
        for (var n = 0; n < list.Count; n++)
        {
            var hash = IndexFormat.HashOf(list[n], seed);
            var slot = hash & (uint)(slots.Length - 1);
            while (slots[slot].Place != 0)
            {
                slot = (slot + 1) & (uint)(slots.Length - 1);
            }

            slots[slot] = (hash, first + n + 1);
        }

        write.Write(first);
        write.Write(list.Count);
        write.Write(slots.Length);
        foreach (var (hash, place) in slots)
        {
            write.Write(hash);
            write.Write(place);
        }
    }

    private void WriteEntry(ManifestEntry entry)
    {
        write.Write(entry.Key);
        write.Write((byte)entry.Kind);
        write.Write7BitEncodedInt(entry.Status);
        write.Write7BitEncodedInt(entry.ContentType is null ? 0 : shared[entry.ContentType] + 1);
        write.Write(entry.Location is not null);
        if (entry.Location is not null)
        {
            write.Write(entry.Location);
        }

        write.Write(entry.LastModified is not null);
        if (entry.LastModified is { } modified)
        {
            WriteTime(modified);
        }

        WriteTime(entry.CapturedAt);
        write.Write7BitEncodedInt(entry.Headers.Count);
        foreach (var (name, value) in entry.Headers)
        {
            write.Write7BitEncodedInt(shared[name]);
            write.Write7BitEncodedInt(shared[value]);
        }

        write.Write7BitEncodedInt(entry.Bodies.Length);
        foreach (var body in entry.Bodies)
        {
            write.Write((byte)body.Coding);
            write.Write7BitEncodedInt64(body.Length);
            write.Write(Convert.FromHexString(body.Hash.Text));
        }
    }

    private void WriteTime(DateTimeOffset time)
    {
        write.Write(time.Ticks);
        write.Write((short)time.TotalOffsetMinutes);
    }
}

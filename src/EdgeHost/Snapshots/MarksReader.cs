using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;

namespace EdgeHost.Snapshots;

/// <summary>Learns marks from snapshots, from the replica alone, and keeps them for as long as these are held.</summary>
internal sealed class MarksReader(SnapshotResponder snapshots)
{
    // As many as show what all have in common.
    private const int LearntPages = 24;

    private readonly ConditionalWeakTable<SnapshotEntry, PageMarks> pages = [];
    private readonly ConditionalWeakTable<SiteSnapshot, SiteMarks> sites = [];

    /// <summary>The marks of a snapshot's page; null when it can't be read.</summary>
    public async ValueTask<PageMarks?> OfPageAsync(SnapshotEntry entry, CancellationToken cancellationToken)
    {
        if (pages.TryGetValue(entry, out var known))
        {
            return known;
        }

        if (await snapshots.HeadAsync(entry, PageMarks.HeadLength, cancellationToken) is not { } head)
        {
            return null;
        }

        var marks = PageMarks.Read(Encoding.UTF8.GetString(head.Span), entry.Identity!.Length);
        pages.AddOrUpdate(entry, marks);
        return marks;
    }

    /// <summary>What a snapshot's pages have in common; null when too few can be read to tell.</summary>
    public async ValueTask<SiteMarks?> OfSiteAsync(SiteSnapshot snapshot, CancellationToken cancellationToken)
    {
        if (sites.TryGetValue(snapshot, out var known))
        {
            return known;
        }

        var (read, unread) = (new List<PageMarks>(), 0);
        foreach (var entry in snapshot.Documents.Where(entry => entry.IsHtml).Take(LearntPages))
        {
            if (await OfPageAsync(entry, cancellationToken) is { } marks)
            {
                read.Add(marks);
            }
            else
            {
                unread++;
            }
        }

        if (unread > read.Count)
        {
            return null;
        }

        var learnt = SiteMarks.Of(read);
        if (unread == 0)
        {
            sites.AddOrUpdate(snapshot, learnt);
        }

        return learnt;
    }

    /// <summary>The start of a body in a content coding; null where the coding is not known here. No longer than <see cref="PageMarks.HeadLength"/>.</summary>
    public static byte[]? Decode(ReadOnlyMemory<byte> start, string? coding)
    {
        if (string.IsNullOrEmpty(coding) || coding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            return start.ToArray();
        }

        using var coded = new MemoryStream(start.ToArray());
        using Stream? decoder = coding.ToLowerInvariant() switch
        {
            "gzip" or "x-gzip" => new GZipStream(coded, CompressionMode.Decompress),
            "br" => new BrotliStream(coded, CompressionMode.Decompress),
            "deflate" => new ZLibStream(coded, CompressionMode.Decompress),
            _ => null,
        };
        if (decoder is null)
        {
            return null;
        }

        var text = new byte[PageMarks.HeadLength];
        var length = 0;
        try
        {
            int read;
            while (length < text.Length && (read = decoder.Read(text, length, Math.Min(1024, text.Length - length))) > 0)
            {
                length += read;
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException or InvalidOperationException)
        {
            // It is a start: it ends in the middle. Or it is not what it says that it is.
        }

        return text[..length];
    }
}

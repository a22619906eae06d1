using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Sites;
using EdgeHost.SnapshotStore.Targets;

namespace EdgeHost.Indexes;

/// <summary>What a snapshot holds, as one array of bytes of which each answer is read when it is asked for. Answers have numbers: the canonical ones come first, the 404 page last.</summary>
internal sealed class SnapshotIndex
{
    /// <summary>The table of the canonical answers; those of the views follow in their order.</summary>
    public const int Canonical = 0;

    private readonly byte[] file;
    private readonly long seed;
    private readonly int offsetsAt;
    private readonly ImmutableArray<string> shared;
    private readonly ImmutableArray<(int First, int Count, int At, uint Mask)> tables;

    private SnapshotIndex(byte[] file)
    {
        this.file = file;
        seed = IndexFormat.SeedOf(file);
        var read = new IndexBytes(file, IndexFormat.HeaderLength);
        (Scheme, Host) = (read.Text(), HostName.Parse(read.Text()));
        var sort = read.Flag();
        var drop = Texts(ref read);
        // Nearly always the one that most sites have: held once, and not by each.
        Query = sort && drop.SequenceEqual(QueryPolicy.TrackingParameters) ? QueryPolicy.Default : new QueryPolicy { Sort = sort, Drop = drop };
        (Count, Documents) = (read.Number(), read.Number());
        shared = Texts(ref read);
        Views = ReadViews(ref read);
        var hasNotFound = read.Flag();
        All = read.Fixed();
        NotFound = hasNotFound ? All - 1 : null;
        offsetsAt = read.At;
        read.Bytes(All * sizeof(int));
        var places = ImmutableArray.CreateBuilder<(int, int, int, uint)>();
        for (var table = 0; table <= Views.Length; table++)
        {
            var (first, count, slots) = (read.Fixed(), read.Fixed(), read.Fixed());
            places.Add((first, count, read.At, (uint)slots - 1));
            read.Bytes(slots * 2 * sizeof(int));
        }

        tables = places.ToImmutable();
    }

    public string Scheme { get; }

    public HostName Host { get; }

    public QueryPolicy Query { get; }

    /// <summary>How many answers there are on the canonical host.</summary>
    public int Count { get; }

    /// <summary>How many of those are pages.</summary>
    public int Documents { get; }

    /// <summary>How many answers there are.</summary>
    public int All { get; }

    /// <summary>The number of the 404 page; null when there is none.</summary>
    public int? NotFound { get; }

    /// <summary>The site's other hosts, without their answers.</summary>
    public ImmutableArray<HostView> Views { get; }

    /// <summary>How many bytes it takes.</summary>
    public int Length => file.Length;

    /// <summary>An index from its file; null when that is damaged, of another version or of another manifest.</summary>
    public static SnapshotIndex? TryRead(byte[] file, BlobHash manifest) => IndexFormat.IsSound(file, manifest) ? new SnapshotIndex(file) : null;

    public static SnapshotIndex Of(SnapshotManifest manifest, BlobHash hash) => new(IndexWriter.Write(manifest, hash));

    /// <summary>The number of the answer to a key; -1 when there is none.</summary>
    public int Find(int table, ReadOnlySpan<char> key)
    {
        var (_, _, at, mask) = tables[table];
        var slots = MemoryMarshal.Cast<byte, uint>(file.AsSpan(at, ((int)mask + 1) * 2 * sizeof(uint)));
        var hash = IndexFormat.HashOf(key, seed);
        for (var slot = hash & mask; ; slot = (slot + 1) & mask)
        {
            var place = Little(slots[(int)(slot * 2) + 1]);
            if (place == 0)
            {
                return -1;
            }

            // Keys of targets are ASCII; another one is nobody's.
            if (Little(slots[(int)(slot * 2)]) == hash && Ascii.Equals(KeyBytes((int)place - 1), key))
            {
                return (int)place - 1;
            }
        }
    }

    /// <summary>One answer, read anew.</summary>
    public ManifestEntry Read(int number)
    {
        var read = At(number);
        var (key, kind, status, type) = (read.Text(), (EntryKind)read.Byte(), read.Number(), read.Number());
        var location = read.Flag() ? read.Text() : null;
        DateTimeOffset? modified = read.Flag() ? read.Time() : null;
        var captured = read.Time();
        var headers = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        for (var left = read.Number(); left > 0; left--)
        {
            headers.Add(shared[read.Number()], shared[read.Number()]);
        }

        var bodies = new StoredBody[read.Number()];
        for (var n = 0; n < bodies.Length; n++)
        {
            var (coding, length) = ((ContentCoding)read.Byte(), read.LongNumber());
            bodies[n] = new StoredBody(coding, read.Hash(), length);
        }

        return new ManifestEntry
        {
            Key = key,
            Status = status,
            Kind = kind,
            ContentType = type == 0 ? null : shared[type - 1],
            Location = location,
            LastModified = modified,
            CapturedAt = captured,
            Headers = headers.ToImmutable(),
            Bodies = ImmutableCollectionsMarshal.AsImmutableArray(bodies),
        };
    }

    /// <summary>The kind and status of an answer, without the rest of it.</summary>
    public (EntryKind Kind, int Status) KindOf(int number)
    {
        var read = At(number);
        read.TextBytes();
        return ((EntryKind)read.Byte(), read.Number());
    }

    public string KeyOf(int number) => At(number).Text();

    /// <summary>The numbers of the answers in a table.</summary>
    public IEnumerable<int> In(int table) => Enumerable.Range(tables[table].First, tables[table].Count);

    private static uint Little(uint value) => BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);

    private IndexBytes At(int number) => new(file, BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(offsetsAt + (number * sizeof(int)))));

    private ReadOnlySpan<byte> KeyBytes(int number) => At(number).TextBytes();

    private static ImmutableArray<string> Texts(ref IndexBytes read)
    {
        var texts = new string[read.Number()];
        for (var n = 0; n < texts.Length; n++)
        {
            texts[n] = read.Text();
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(texts);
    }

    private static ImmutableArray<HostView> ReadViews(ref IndexBytes read)
    {
        var views = new HostView[read.Number()];
        for (var n = 0; n < views.Length; n++)
        {
            var (scheme, host, rule, status, to) = (read.Text(), HostName.Parse(read.Text()), (HostRule)read.Byte(), read.Number(), read.Text());
            views[n] = new HostView { Scheme = scheme, Host = host, Rule = rule, RedirectStatus = status == 0 ? null : status, RedirectTo = to.Length == 0 ? null : to };
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(views);
    }
}

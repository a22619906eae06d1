using System.Buffers.Binary;
using System.Text;
using EdgeHost.SnapshotStore.Blobs;

namespace EdgeHost.Indexes;

/// <summary>Reads on through the bytes of an index, as <see cref="BinaryWriter"/> has written them.</summary>
internal ref struct IndexBytes(ReadOnlySpan<byte> file, int at)
{
    private readonly ReadOnlySpan<byte> file = file;

    public int At { get; private set; } = at;

    public byte Byte() => file[At++];

    public bool Flag() => Byte() != 0;

    public int Fixed() => BinaryPrimitives.ReadInt32LittleEndian(Bytes(sizeof(int)));

    public int Number() => (int)LongNumber();

    public long LongNumber()
    {
        long number = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = Byte();
            number |= (long)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return number;
            }
        }
    }

    public ReadOnlySpan<byte> TextBytes() => Bytes(Number());

    public string Text() => Encoding.UTF8.GetString(TextBytes());

    public DateTimeOffset Time()
    {
        var ticks = BinaryPrimitives.ReadInt64LittleEndian(Bytes(sizeof(long)));
        return new DateTimeOffset(ticks, TimeSpan.FromMinutes(BinaryPrimitives.ReadInt16LittleEndian(Bytes(sizeof(short)))));
    }

    public BlobHash Hash() => BlobHash.FromBytes(Bytes(IndexFormat.HashLength));

    public ReadOnlySpan<byte> Bytes(int length)
    {
        var bytes = file.Slice(At, length);
        At += length;
        return bytes;
    }
}

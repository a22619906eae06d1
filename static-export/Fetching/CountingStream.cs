using EdgeHost.SnapshotStore.Bodies;

namespace StaticExport.Fetching;

/// <summary>Counts what is read through it, and remembers its end.</summary>
internal sealed class CountingStream(Stream inner) : ReadOnlyStream(inner)
{
    public long Count { get; private set; }

    /// <summary>The last four octets, the first of them least significant.</summary>
    public uint LastOctets { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await Inner.ReadAsync(buffer, cancellationToken);
        Remember(buffer.Span[..count]);
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = Inner.Read(buffer, offset, count);
        Remember(buffer.AsSpan(offset, read));
        return read;
    }

    private void Remember(ReadOnlySpan<byte> octets)
    {
        Count += octets.Length;
        foreach (var octet in octets.Length > 4 ? octets[^4..] : octets)
        {
            LastOctets = (LastOctets >> 8) | ((uint)octet << 24);
        }
    }
}

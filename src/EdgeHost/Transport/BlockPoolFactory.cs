using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace EdgeHost.Transport;

/// <summary>Gives Kestrel its <see cref="BlockPool"/>: one for all, as blocks are alike.</summary>
internal sealed class BlockPoolFactory : IMemoryPoolFactory<byte>, IDisposable
{
    private readonly BlockPool pool = new();

    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => pool;

    public void Dispose() => pool.Dispose();
}

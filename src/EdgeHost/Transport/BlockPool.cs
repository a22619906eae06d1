using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace EdgeHost.Transport;

/// <summary>
/// What Kestrel reads requests into and puts answers together in. Two things are other than in its own pool: a block is large enough for a page with its headers, so that both
/// go to the kernel in one piece; and the block that was given back last is rented next, as it is still in the processor's cache.
/// </summary>
internal sealed class BlockPool : MemoryPool<byte>
{
    /// <summary>Bytes of a block. Most pages, coded, and their headers fit.</summary>
    public const int BlockSize = 16 * 1024;

    // Of each thread; an IO thread has one request at a time, which needs two or three.
    private const int MostOfThread = 16;

    // Of all: 64 MiB. What is given back beyond that is left to the garbage collector.
    private const int MostOfAll = 4096;

    [ThreadStatic]
    private static Stack<Block>? ofThread;

    private readonly ConcurrentStack<Block> ofAll = new();
    private int count;

    public override int MaxBufferSize => BlockSize;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockSize);
        if (ofThread is { Count: > 0 } own)
        {
            return own.Pop();
        }

        if (ofAll.TryPop(out var block))
        {
            Interlocked.Decrement(ref count);
            return block;
        }

        return new Block(this);
    }

    protected override void Dispose(bool disposing) => ofAll.Clear();

    private void Return(Block block)
    {
        var own = ofThread ??= new Stack<Block>(MostOfThread);
        if (own.Count < MostOfThread)
        {
            own.Push(block);
        }
        else if (Volatile.Read(ref count) < MostOfAll)
        {
            Interlocked.Increment(ref count);
            ofAll.Push(block);
        }
    }

    private sealed class Block : IMemoryOwner<byte>
    {
        private readonly BlockPool pool;

        public Block(BlockPool pool)
        {
            this.pool = pool;
            // Pinned for its life, so that no call to the kernel has to.
            Memory = MemoryMarshal.CreateFromPinnedArray(GC.AllocateUninitializedArray<byte>(BlockSize, pinned: true), 0, BlockSize);
        }

        public Memory<byte> Memory { get; }

        public void Dispose() => pool.Return(this);
    }
}

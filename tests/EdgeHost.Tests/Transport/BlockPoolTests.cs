using EdgeHost.Transport;

namespace EdgeHost.Tests.Transport;

public sealed class BlockPoolTests
{
    [Fact]
    public void Gives_out_again_what_was_given_back_last()
    {
        using var pool = new BlockPool();
        var first = pool.Rent();
        var second = pool.Rent();
        first.Dispose();
        second.Dispose();

        Assert.Same(second, pool.Rent());
        Assert.Same(first, pool.Rent());
    }

    [Fact]
    public void Never_gives_out_a_block_that_somebody_has()
    {
        using var pool = new BlockPool();
        var given = Enumerable.Range(0, 100).Select(_ => pool.Rent()).ToList();
        Parallel.ForEach(given, block => block.Dispose());
        var again = Enumerable.Range(0, 200).Select(_ => pool.Rent()).ToList();

        Assert.Equal(200, again.Distinct().Count());
        Assert.All(again, block => Assert.Equal(BlockPool.BlockSize, block.Memory.Length));
    }

    [Fact]
    public void Refuses_what_is_larger_than_a_block()
    {
        using var pool = new BlockPool();

        Assert.Equal(BlockPool.BlockSize, pool.MaxBufferSize);
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Rent(BlockPool.BlockSize + 1));
    }
}

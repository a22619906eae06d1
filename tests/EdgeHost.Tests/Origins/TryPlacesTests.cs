using EdgeHost.Origins;

namespace EdgeHost.Tests.Origins;

public sealed class TryPlacesTests
{
    private readonly TryPlaces places = new();

    [Fact]
    public void Are_so_many_at_once()
    {
        Assert.True(places.TryBegin(2, visitor: 1));
        Assert.True(places.TryBegin(2, visitor: 3));
        Assert.False(places.TryBegin(2, visitor: 5));
        Assert.False(places.TryBegin(0, visitor: 5));
        places.End(visitor: 1);
        Assert.True(places.TryBegin(2, visitor: 5));
        Assert.False(places.TryBegin(2, visitor: 7));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(5, 1)]
    [InlineData(6, 2)]
    [InlineData(10, 3)]
    public void One_network_gets_a_third_and_at_least_one(int most, int own)
    {
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(own, Enumerable.Range(0, 20).Count(_ => places.TryBegin(most, visitor: 1)));
            Assert.Equal(most > own, places.TryBegin(most, visitor: 3));
            for (var given = 0; given < own; given++)
            {
                places.End(visitor: 1);
            }

            if (most > own)
            {
                places.End(visitor: 3);
            }
        }
    }
}

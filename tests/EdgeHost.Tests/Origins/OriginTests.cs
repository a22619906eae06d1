namespace EdgeHost.Tests.Origins;

public sealed class OriginTests
{
    [Fact]
    public void Has_so_many_places_for_tries_at_once()
    {
        using var origin = Some.Origin();

        Assert.True(origin.BeginTry(2));
        Assert.True(origin.BeginTry(2));
        Assert.False(origin.BeginTry(2));
        Assert.False(origin.BeginTry(0));
        origin.EndTry();
        Assert.True(origin.BeginTry(2));
        Assert.False(origin.BeginTry(2));
    }
}

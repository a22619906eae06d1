using EdgeHost.Replicas;

namespace EdgeHost.Tests.Replicas;

public sealed class EdgeIdentityTests : IDisposable
{
    private readonly Scratch scratch = new();

    [Fact]
    public void Is_made_once_and_stays()
    {
        var first = EdgeIdentity.Open(scratch["data"]);

        Assert.Matches("^[0-9a-f]{32}$", first.Id);
        Assert.Equal(first, EdgeIdentity.Open(scratch["data"]));
        Assert.NotEqual(first, EdgeIdentity.Open(scratch["other"]));
    }

    [Fact]
    public void A_file_that_holds_none_is_not_passed_over()
    {
        EdgeIdentity.Open(scratch["data"]);
        File.WriteAllText(Path.Combine(scratch["data"], "edge.id"), "");

        Assert.Contains("edge.id holds no id", Assert.Throws<IOException>(() => EdgeIdentity.Open(scratch["data"])).Message, StringComparison.Ordinal);
    }

    public void Dispose() => scratch.Dispose();
}

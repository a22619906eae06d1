using EdgeHost.Configuration;

namespace EdgeHost.Tests.Configuration;

public sealed class ListenerUrlTests
{
    [Theory]
    [InlineData("http://+:8080")] // what the image sets
    [InlineData("http://*:8080")]
    [InlineData("http://0.0.0.0:8080")]
    public void Any_address_can_be_listened_at(string url)
    {
        var errors = new ConfigurationErrors();

        errors.ListenerUrl("PublicUrl", url);

        Assert.Empty(errors.Messages);
    }
}

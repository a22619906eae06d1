using EdgeHost.Configuration;
using EdgeHost.Health;
using EdgeHost.Sites;

namespace EdgeHost.Tests.Sites;

public sealed class SiteTableStateTests
{
    [Fact]
    public void What_is_configured_as_it_was_keeps_its_state()
    {
        var state = new SiteTableState(Options(), TimeProvider.System);
        var before = state.Current.Sites[0];

        state.Apply(Options(("Sites:nova:Name", "Renamed"), ("Origins:platform:Fall", "7")));

        var after = state.Current.Sites[0];
        Assert.Equal("Renamed", after.Name);
        Assert.Same(before.State, after.State);
        Assert.Same(before.Origin, after.Origin);
        Assert.Equal((7, 1), (after.Origin.Health.Rules.Fall, after.Origin.Health.Rules.FallPaths));
        Assert.Equal((7, 3), (after.State.Health.Rules.Fall, after.State.Health.Rules.FallPaths));
    }

    [Theory]
    [InlineData("Origins:platform:Address", "http://127.0.0.1:10")]
    public void A_changed_origin_is_a_new_one_and_its_sites_keep_their_snapshots(string key, string value)
    {
        var state = new SiteTableState(Options(), TimeProvider.System);
        var before = state.Current.Sites[0];

        state.Apply(Options((key, value)));

        Assert.NotSame(before.Origin, state.Current.Sites[0].Origin);
        Assert.Same(before.State, state.Current.Sites[0].State);
    }

    [Fact]
    public void An_origin_that_is_connected_to_otherwise_keeps_its_health()
    {
        var state = new SiteTableState(Options(), TimeProvider.System);
        var origin = state.Current.Sites[0].Origin;
        var client = origin.Client;

        state.Apply(Options(("Live:ConnectTimeout", "00:00:01")));

        Assert.Same(origin, state.Current.Sites[0].Origin);
        Assert.NotSame(client, origin.Client);
    }

    [Fact]
    public void The_table_that_a_request_holds_does_not_change()
    {
        var state = new SiteTableState(Options(), TimeProvider.System);
        var held = state.Current;

        state.Apply(Options(("Sites:nova:Hosts:0", "other.example")));

        Assert.NotNull(held.Find("www.nova.example", out _));
        Assert.Null(state.Current.Find("www.nova.example", out _));
        Assert.NotNull(state.Current.Find("other.example", out _));
    }

    private static EdgeOptions Options(params (string, string?)[] changes) => Some.Options(changes);
}

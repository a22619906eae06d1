using EdgeHost.Decisions;
using EdgeHost.Health;
using Site = EdgeHost.Sites.Site;

namespace EdgeHost.Tests.Sites;

public sealed class SiteTests
{
    [Theory]
    [InlineData("Live", "Live", true, "Up")]
    [InlineData("Suspect", "Suspect", true, "Up")]
    [InlineData("Live", "Snapshot", true, "Ill")]
    [InlineData("Recovering", "Snapshot", true, "Ill")]
    [InlineData("Snapshot", "Live", true, "Unreachable")]
    [InlineData("Snapshot", "Live", false, "Unreachable")]
    [InlineData("Live", "Recovering", true, "Returning")]
    // Nothing stood in for it; its origin is spared all the same.
    [InlineData("Live", "Recovering", false, "Up")]
    [InlineData("Recovering", "Recovering", false, "Returning")]
    [InlineData("Recovering", "Live", false, "Returning")]
    public void Is_as_its_origin_is_and_as_it_is_itself(string origin, string own, bool hasSnapshot, string health) =>
        Assert.Equal(Enum.Parse<OriginHealth>(health), Site.HealthOf(View(origin), View(own), hasSnapshot));

    [Fact]
    public void What_could_not_be_reached_is_only_ill_once_a_probe_has_passed() =>
        Assert.Equal(OriginHealth.Ill, Site.HealthOf(View("Snapshot") with { MayTrickle = true }, View("Live"), hasSnapshot: true));

    private static HealthView View(string phase) =>
        new(Enum.Parse<HealthPhase>(phase), Some.Time, OriginFailure.ConnectionRefused, OriginFailure.ConnectionRefused, 100, MayTrickle: false, ByVerdict: false);
}

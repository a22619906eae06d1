using EdgeHost.Evidence;
using EdgeHost.Health;
using EdgeHost.Sites;
using Microsoft.Extensions.Time.Testing;
using Site = EdgeHost.Sites.Site;

namespace EdgeHost.Tests.Evidence;

public sealed class OriginEvidenceTests
{
    private readonly FakeTimeProvider clock = new(Some.Time);
    private readonly SiteTable table;

    public OriginEvidenceTests()
    {
        table = new SiteTableState(Some.Options(("Sites:other:Hosts:0", "other.example"), ("Sites:other:Origin", "platform")), clock).Current;
        clock.Advance(TimeSpan.FromSeconds(1));
    }

    private Site Site => table.Sites[0];

    [Theory]
    [InlineData(nameof(OriginFailure.ConnectionRefused), nameof(OriginFailure.ConnectionRefused))]
    [InlineData(nameof(OriginFailure.GatewayError), nameof(OriginFailure.None))]
    [InlineData(nameof(OriginFailure.HeadersTimeout), nameof(OriginFailure.None))]
    [InlineData(nameof(OriginFailure.None), nameof(OriginFailure.None))]
    public void A_live_origin_is_only_blamed_for_connections_and_whatever_is_answered_is_a_sign_of_life(string met, string counts)
    {
        foreach (var kind in new EvidenceKind?[] { EvidenceKind.Document, EvidenceKind.Asset, EvidenceKind.Probe, null })
        {
            Assert.Equal(counts, Of(Enum.Parse<OriginFailure>(met), kind)?.Failure.ToString());
        }
    }

    [Theory]
    [InlineData(nameof(OriginFailure.None), nameof(EvidenceKind.Document), nameof(OriginFailure.None))]
    [InlineData(nameof(OriginFailure.ConnectionRefused), nameof(EvidenceKind.Document), nameof(OriginFailure.ConnectionRefused))]
    [InlineData(nameof(OriginFailure.GatewayError), nameof(EvidenceKind.Document), null)]
    [InlineData(nameof(OriginFailure.GatewayError), nameof(EvidenceKind.Probe), nameof(OriginFailure.GatewayError))]
    [InlineData(nameof(OriginFailure.None), nameof(EvidenceKind.Probe), nameof(OriginFailure.None))]
    public void One_that_was_turned_for_its_answers_must_give_whole_ones(string met, string kind, string? counts)
    {
        var failure = Enum.Parse<OriginFailure>(met);
        Site.Origin.Health.Convict(OriginFailure.GatewayError);

        Assert.True(OriginEvidence.MustBeWhole(Site.Origin.Health));
        Assert.Equal(counts, Of(failure, Enum.Parse<EvidenceKind>(kind))?.Failure.ToString());
        Assert.Null(Of(failure, null));
    }

    [Fact]
    public void A_site_that_is_ill_by_itself_does_not_hold_down_its_origin()
    {
        Site.Origin.Health.Convict(OriginFailure.GatewayError);
        Site.State.Health.Convict(OriginFailure.GatewayError);

        Assert.Null(Of(OriginFailure.GatewayError, EvidenceKind.Probe));
        Assert.NotNull(Of(OriginFailure.None, EvidenceKind.Probe));
    }

    [Fact]
    public void Lost_content_is_held_against_the_origin_while_most_of_its_sites_have_lost_theirs()
    {
        Site.Origin.Health.Convict(OriginFailure.ContentLost);
        Report(table.Sites[0], OriginFailure.ContentLost);
        Report(table.Sites[1], OriginFailure.ContentLost);
        Assert.Equal(OriginFailure.ContentLost, Of(OriginFailure.ContentLost, EvidenceKind.Probe)?.Failure);

        Report(table.Sites[1], OriginFailure.None);
        table.Sites[0].State.Snapshot = Some.Snapshot(Some.Manifest(1));
        table.Sites[1].State.Snapshot = Some.Snapshot(Some.Manifest(1));
        Assert.Null(Of(OriginFailure.ContentLost, EvidenceKind.Probe));
    }

    [Fact]
    public void One_doubt_about_its_probes_is_kept_until_one_is_answered_as_it_should_be()
    {
        var origin = Site.Origin.Health;
        Assert.Equal(ProbeTrust.Trusted, OriginEvidence.TrustOf(origin, OriginFailure.UnexpectedStatus, isWrong: true));

        origin.Convict(OriginFailure.GatewayError);
        Assert.Equal(ProbeTrust.Wrong, OriginEvidence.TrustOf(origin, OriginFailure.UnexpectedStatus, isWrong: true));
        Assert.Equal(ProbeTrust.Doubted, OriginEvidence.TrustOf(origin, OriginFailure.UnexpectedStatus, isWrong: false));
        origin.Trust(ProbeTrust.Doubted);
        Assert.Equal(ProbeTrust.Doubted, OriginEvidence.TrustOf(origin, OriginFailure.GatewayError, isWrong: false));
        Assert.Equal(ProbeTrust.Trusted, OriginEvidence.TrustOf(origin, OriginFailure.None, isWrong: false));
    }

    private HealthEvidence? Of(OriginFailure failure, EvidenceKind? kind) => OriginEvidence.Of(Site, table, failure, kind, clock.GetTimestamp());

    private void Report(Site site, OriginFailure failure) =>
        site.State.Probe = ProbeJudgement.Next(site.State.Probe, site.Probe.Words, failure, "what came", clock.GetUtcNow(), clock.GetTimestamp(), _ => false);
}

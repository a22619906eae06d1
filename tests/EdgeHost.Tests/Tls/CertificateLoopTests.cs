using EdgeHost.Tests.FrontDoor;
using EdgeHost.Tls;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Tests.Tls;

public sealed class CertificateLoopTests : IDisposable
{
    private static readonly TestAuthority Authority = new();

    private readonly Scratch scratch = new();
    private readonly FakeTimeProvider clock = new(TestAuthority.Begin.AddDays(30));
    private readonly CollectedLog log = new();
    private readonly LoggerFactory loggers = new();
    private readonly CertificateLoop loop;

    public CertificateLoopTests()
    {
        loggers.AddProvider(log);
        var options = new TlsOptions { CertificateDirectory = scratch.Path };
        loop = new CertificateLoop(new CertificateState(options, clock), options, clock, loggers.CreateLogger<CertificateLoop>());
    }

    public void Dispose()
    {
        loop.Dispose();
        loggers.Dispose();
        scratch.Dispose();
    }

    [Fact]
    public void Warns_of_an_end_that_is_near_once_a_day_and_of_one_that_has_come()
    {
        Authority.Issue(TestAuthority.Begin, clock.GetUtcNow().AddDays(16), "nova.example").WriteTo(scratch.Path, "nova");
        loop.Look();
        LookAfter(TimeSpan.FromDays(2) - TimeSpan.FromSeconds(1));
        Assert.Equal([600], Ids());

        LookAfter(TimeSpan.FromSeconds(1));
        Assert.Equal([600, 602], Ids());
        Assert.Contains("The certificate nova of nova.example is expiring: it is valid from 2026-01-01 00:00:00Z to 2026-02-16 00:00:00Z", log.Events[1].Message, StringComparison.Ordinal);
        LookAfter(TimeSpan.FromHours(23));
        Assert.Equal([600, 602], Ids());
        LookAfter(TimeSpan.FromHours(1));
        Assert.Equal([600, 602, 602], Ids());

        LookAfter(TimeSpan.FromDays(13));
        Assert.Equal([600, 602, 602, 600, 603], Ids());

        Authority.Issue(TestAuthority.Begin, clock.GetUtcNow().AddDays(90), "nova.example").WriteTo(scratch.Path, "nova");
        LookAfter(TimeSpan.FromSeconds(1));
        LookAfter(TimeSpan.FromDays(2));
        Assert.Equal([600, 602, 602, 600, 603, 600], Ids());
    }

    [Fact]
    public void Says_once_a_day_that_a_pair_is_broken_and_goes_on_with_the_last_good_one()
    {
        Authority.Issue("nova.example").WriteTo(scratch.Path, "nova");
        loop.Look();
        File.WriteAllText(scratch["nova.key"], Authority.Issue("nova.example").Key);

        loop.Look();
        LookAfter(TimeSpan.FromHours(23));

        Assert.Contains("The certificate nova can't be used, the last good one stays in force: nova.key holds no key that belongs to nova.crt", log.Events.Single(one => one.Id == 601).Message, StringComparison.Ordinal);
        LookAfter(TimeSpan.FromHours(1));
        Assert.Equal(2, Ids().Count(id => id == 601));
    }

    [Fact]
    public void Says_nothing_of_an_expired_certificate_in_whose_place_another_is_shown()
    {
        Authority.Issue(TestAuthority.Begin, TestAuthority.Begin.AddDays(1), "nova.example").WriteTo(scratch.Path, "forgotten");
        Authority.Issue("nova.example").WriteTo(scratch.Path, "nova");

        loop.Look();

        Assert.Equal([600], Ids());
    }

    [Fact]
    public void Says_that_the_directory_is_gone()
    {
        Authority.Issue("nova.example").WriteTo(scratch.Path, "nova");
        loop.Look();
        Directory.Delete(scratch.Path, recursive: true);

        loop.Look();
        loop.Look();

        Assert.Equal([600, 604], Ids());
    }

    private void LookAfter(TimeSpan time)
    {
        clock.Advance(time);
        loop.Look();
    }

    private int[] Ids() => [.. log.Events.Select(one => one.Id)];
}

using EdgeHost.Tls;

namespace EdgeHost.Tests.Tls;

public sealed class CertificateTableTests
{
    private static readonly TestAuthority Authority = new();
    private static readonly DateTimeOffset Now = TestAuthority.Begin.AddDays(30);

    [Fact]
    public void Finds_the_exact_name_before_any_label_in_any_case_and_nothing_for_a_stranger()
    {
        var exact = Certificate(90, "www.nova.example", "nova.example");
        var wild = Certificate(300, "*.nova.example");
        var table = new CertificateTable([wild, exact], null, Now);

        Assert.Same(exact, table.Find("WWW.Nova.example"));
        Assert.Same(exact, table.Find("nova.example."));
        Assert.Same(wild, table.Find("shop.nova.example"));
        Assert.Null(table.Find("a.shop.nova.example"));
        Assert.Null(table.Find("orion.example"));
        Assert.Null(table.Find("example"));
        Assert.Null(table.Find(""));
        Assert.Null(table.Find(null));
        Assert.Equal(3, table.Hosts);
    }

    [Fact]
    public void Takes_of_several_the_one_that_is_valid_now_and_ends_last()
    {
        var (expired, ends, endsLast, future) = (Certificate(10, "nova.example"), Certificate(60, "nova.example"), Certificate(90, "nova.example"), Issue(Now.AddDays(1), 400, "nova.example"));

        Assert.Same(endsLast, new CertificateTable([expired, endsLast, ends, future], null, Now).Find("nova.example"));
        Assert.Same(endsLast, new CertificateTable([future, ends, endsLast, expired], null, Now).Find("nova.example"));
        Assert.Equal([endsLast], new CertificateTable([expired, endsLast, ends, future], null, Now).InUse);
        // A visitor who is warned by the browser can tell somebody.
        Assert.Same(expired, new CertificateTable([expired], null, Now).Find("nova.example"));
    }

    [Fact]
    public void Prefers_a_good_certificate_for_any_label_to_an_expired_one()
    {
        var (expired, wild) = (Certificate(10, "www.nova.example"), Certificate(90, "*.nova.example"));
        var table = new CertificateTable([expired, wild], null, Now);

        Assert.Same(wild, table.Find("www.nova.example"));
        Assert.Equal([wild], table.InUse);
    }

    [Fact]
    public void Says_when_time_makes_another_the_better_one()
    {
        var (ends, future) = (Certificate(60, "nova.example"), Issue(Now.AddDays(5), 400, "nova.example"));

        Assert.Equal(Now.AddDays(5), new CertificateTable([ends, future], null, Now).ChangesAt);
        Assert.Equal(ends.NotAfter, new CertificateTable([ends, future], null, Now.AddDays(5)).ChangesAt);
        Assert.Same(future, new CertificateTable([ends, future], null, Now.AddDays(5)).Find("nova.example"));
        Assert.Equal(DateTimeOffset.MaxValue, CertificateTable.Empty.ChangesAt);
    }

    [Fact]
    public void Finds_a_name_that_the_framework_has_decoded()
    {
        var own = Certificate(90, "xn--mnchen-3ya.example");
        var table = new CertificateTable([own], null, Now);

        Assert.Same(own, table.Find("münchen.example"));
        Assert.Same(own, table.Find("xn--mnchen-3ya.example"));
        Assert.Null(table.Find("\u2028.example"));
        Assert.Null(table.Find(new string('ü', 300)));
    }

    [Fact]
    public void Chooses_without_allocating()
    {
        var table = new CertificateTable([Certificate(90, "www.nova.example", "*.nova.example")], null, Now);
        Assert.NotNull(table.Find("www.nova.example") ?? table.Find("shop.nova.example"));

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            _ = table.Find("WWW.nova.example");
            _ = table.Find("shop.nova.example");
            _ = table.Find("orion.example");
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static SiteCertificate Certificate(int days, params string[] names) => Issue(TestAuthority.Begin, days, names);

    private static SiteCertificate Issue(DateTimeOffset from, int days, params string[] names)
    {
        using var scratch = new Scratch();
        Authority.Issue(from, from.AddDays(days), names).WriteTo(scratch.Path, "one");
        return CertificateReading.Of(CertificateFolder.Find(scratch.Path).Single()).Certificate!;
    }
}

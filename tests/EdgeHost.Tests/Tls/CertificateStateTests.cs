using EdgeHost.Tls;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Tests.Tls;

public sealed class CertificateStateTests : IDisposable
{
    private static readonly TestAuthority Authority = new();

    private readonly Scratch scratch = new();
    private readonly FakeTimeProvider clock = new(TestAuthority.Begin.AddDays(30));
    private readonly CertificateState state;

    public CertificateStateTests() => state = new CertificateState(new TlsOptions { CertificateDirectory = scratch.Path, DefaultCertificate = "fallback" }, clock);

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Follows_files_that_come_change_and_go()
    {
        var (first, second, other) = (Authority.Issue("nova.example"), Authority.Issue("nova.example"), Authority.Issue("orion.example"));
        first.WriteTo(scratch.Path, "nova");
        Assert.True(state.Look());
        Assert.Equal(first.Fingerprint, Shown("nova.example"));
        Assert.False(state.Look());

        second.WriteTo(scratch.Path, "nova");
        other.WriteTo(scratch["orion"], "tls");
        Assert.True(state.Look());
        Assert.Equal((second.Fingerprint, other.Fingerprint), (Shown("nova.example"), Shown("orion.example")));

        Directory.Delete(scratch["orion"], recursive: true);
        Assert.True(state.Look());
        Assert.Equal((second.Fingerprint, null), (Shown("nova.example"), Shown("orion.example")));
    }

    [Fact]
    public void Keeps_the_last_good_one_while_a_pair_is_half_written_and_all_others()
    {
        var (first, second, other) = (Authority.Issue("nova.example"), Authority.Issue("nova.example"), Authority.Issue("orion.example"));
        first.WriteTo(scratch.Path, "nova");
        other.WriteTo(scratch.Path, "orion");
        state.Look();

        foreach (var half in new[] { second.FullChain, "", second.Leaf[..100] })
        {
            File.WriteAllText(scratch["nova.crt"], half);
            state.Look();
            Assert.Equal((first.Fingerprint, other.Fingerprint), (Shown("nova.example"), Shown("orion.example")));
            Assert.NotNull(state.Held.Single(one => one.Files.Name == "nova").Problem);
        }

        File.Delete(scratch["nova.key"]);
        File.WriteAllText(scratch["nova.crt"], second.FullChain);
        state.Look();
        Assert.Equal((first.Fingerprint, "nova.key is missing, and nova.crt holds no key."), (Shown("nova.example"), state.Held[0].Problem));

        File.WriteAllText(scratch["nova.key"], second.Key);
        Assert.True(state.Look());
        Assert.Equal((second.Fingerprint, null), (Shown("nova.example"), state.Held[0].Problem));
    }

    [Fact]
    public void Sees_that_Kubernetes_has_swapped_the_folder_behind_its_links()
    {
        var (first, second) = (Authority.Issue("nova.example"), Authority.Issue("nova.example"));
        first.WriteTo(scratch["nova-tls/..2026_01"], "tls");
        Directory.CreateSymbolicLink(scratch["nova-tls/..data"], "..2026_01");
        File.CreateSymbolicLink(scratch["nova-tls/tls.crt"], "..data/tls.crt");
        File.CreateSymbolicLink(scratch["nova-tls/tls.key"], "..data/tls.key");
        state.Look();
        Assert.Equal(("nova-tls", first.Fingerprint), (state.Held.Single().Files.Name, Shown("nova.example")));

        second.WriteTo(scratch["nova-tls/..2026_02"], "tls");
        // As copied with its times: only the file itself is another.
        foreach (var file in new[] { "tls.crt", "tls.key" })
        {
            File.SetLastWriteTimeUtc(scratch[$"nova-tls/..2026_02/{file}"], File.GetLastWriteTimeUtc(scratch[$"nova-tls/..2026_01/{file}"]));
        }

        Directory.Delete(scratch["nova-tls/..data"]);
        Directory.CreateSymbolicLink(scratch["nova-tls/..data"], "..2026_02");
        Assert.True(state.Look());
        Assert.Equal(second.Fingerprint, Shown("nova.example"));
    }

    [Fact]
    public void Sees_that_certbot_has_pointed_its_links_elsewhere()
    {
        var (first, second) = (Authority.Issue("nova.example"), Authority.Issue("nova.example"));
        var certificates = new CertificateState(new TlsOptions { CertificateDirectory = scratch["live"] }, clock);
        Directory.CreateDirectory(scratch["archive/nova"]);
        Directory.CreateDirectory(scratch["live/nova"]);
        Point(first, 1);
        certificates.Look();
        Assert.Equal(first.Fingerprint, certificates.Table.Find("nova.example")?.Fingerprint);

        Point(second, 2);
        Assert.True(certificates.Look());
        Assert.Equal(second.Fingerprint, certificates.Table.Find("nova.example")?.Fingerprint);

        void Point(Issued issued, int n)
        {
            foreach (var (name, text) in new[] { ("fullchain", issued.FullChain), ("privkey", issued.Key) })
            {
                File.WriteAllText(scratch[$"archive/nova/{name}{n}.pem"], text);
                File.Delete(scratch[$"live/nova/{name}.pem"]);
                File.CreateSymbolicLink(scratch[$"live/nova/{name}.pem"], $"../../archive/nova/{name}{n}.pem");
            }
        }
    }

    [Fact]
    public void Keeps_all_when_the_directory_is_gone_or_looks_empty()
    {
        var own = Authority.Issue("nova.example");
        own.WriteTo(scratch["certificates"], "nova");
        var certificates = new CertificateState(new TlsOptions { CertificateDirectory = scratch["certificates"] }, clock);
        certificates.Look();

        Directory.Move(scratch["certificates"], scratch["away"]);
        Assert.False(certificates.Look());
        Assert.NotNull(certificates.DirectoryProblem);
        Assert.Equal(own.Fingerprint, certificates.Table.Find("nova.example")?.Fingerprint);

        Directory.CreateDirectory(scratch["certificates"]);
        certificates.Look();
        Assert.Equal($"{scratch["certificates"]} holds none any more.", certificates.DirectoryProblem);
        Assert.Equal(own.Fingerprint, certificates.Table.Find("nova.example")?.Fingerprint);

        own.WriteTo(scratch["certificates"], "nova");
        certificates.Look();
        Assert.Null(certificates.DirectoryProblem);
    }

    [Fact]
    public void Does_not_begin_with_a_directory_that_is_not_there()
    {
        var certificates = new CertificateState(new TlsOptions { CertificateDirectory = scratch["misspelt"] }, clock);
        Assert.Throws<DirectoryNotFoundException>(() => certificates.Look());
    }

    [Fact]
    public void Turns_to_a_certificate_whose_time_has_come_though_no_file_has_changed()
    {
        var (old, next) = (Authority.Issue(TestAuthority.Begin, clock.GetUtcNow().AddDays(2), "nova.example"), Authority.Issue(clock.GetUtcNow().AddDays(1), TestAuthority.End, "nova.example"));
        old.WriteTo(scratch.Path, "old");
        next.WriteTo(scratch.Path, "next");
        state.Look();
        Assert.Equal(old.Fingerprint, Shown("nova.example"));
        Assert.Equal(["old"], state.Held.Where(one => one.IsInUse).Select(one => one.Files.Name));

        clock.Advance(TimeSpan.FromDays(1));
        Assert.True(state.Look());
        Assert.Equal(next.Fingerprint, Shown("nova.example"));
        Assert.Equal(["next"], state.Held.Where(one => one.IsInUse).Select(one => one.Files.Name));
    }

    [Fact]
    public void Has_a_default_only_where_one_is_named()
    {
        var fallback = Authority.Issue("edge.example");
        Authority.Issue("nova.example").WriteTo(scratch.Path, "nova");
        state.Look();
        Assert.Null(state.Table.Fallback);

        fallback.WriteTo(scratch.Path, "fallback");
        state.Look();
        Assert.Equal(fallback.Fingerprint, state.Table.Fallback?.Fingerprint);
    }

    private string? Shown(string host) => state.Table.Find(host)?.Fingerprint;
}

using System.Security.Cryptography;
using EdgeHost.Tls;

namespace EdgeHost.Tests.Tls;

public sealed class CertificateReadingTests : IDisposable
{
    private static readonly TestAuthority Authority = new();

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Finds_what_certbot_Kubernetes_and_people_write()
    {
        Write("www.nova.example/fullchain.pem", "www.nova.example/privkey.pem", "www.nova.example/cert.pem", "www.nova.example/chain.pem", "README");
        Write("nova-tls/tls.crt", "nova-tls/tls.key", "nova-tls/ca.crt", "nova-tls/..2026_01_31/tls.crt", "nova-tls/deeper/tls.crt");
        Write("lone.pem", "pair.pem", "pair.key", "both.crt", "both.key", "both.pem", ".hidden.pem", "..data/tls.crt", "more/one.crt", "more/one.key");

        Assert.Equal(
            [
                ("both", "both.crt", "both.key"),
                ("lone", "lone.pem", "lone.pem"),
                ("pair", "pair.pem", "pair.key"),
                ("more/one", "more/one.crt", "more/one.key"),
                ("nova-tls/ca", "nova-tls/ca.crt", "nova-tls/ca.crt"),
                ("nova-tls", "nova-tls/tls.crt", "nova-tls/tls.key"),
                ("www.nova.example", "www.nova.example/fullchain.pem", "www.nova.example/privkey.pem"),
            ],
            CertificateFolder.Find(scratch.Path).Select(files => (files.Name, Path.GetRelativePath(scratch.Path, files.Chain), Path.GetRelativePath(scratch.Path, files.Key))));
    }

    [Fact]
    public void Takes_keys_of_either_kind_and_in_either_place()
    {
        var (rsa, ecdsa) = (Authority.IssueRsa("rsa.example"), Authority.Issue("ecdsa.example"));
        using var key = ECDsa.Create();
        key.ImportFromPem(ecdsa.Key);
        const string Parameters = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";

        Assert.Equal(["rsa.example"], Read(rsa.FullChain, rsa.Key).Certificate!.Names);
        Assert.Equal(["ecdsa.example"], Read(ecdsa.FullChain, Parameters + ecdsa.Key).Certificate!.Names);
        Assert.Equal(["ecdsa.example"], Read(ecdsa.FullChain, key.ExportPkcs8PrivateKeyPem()).Certificate!.Names);
        Assert.Equal(["ecdsa.example"], Read(ecdsa.Key + ecdsa.FullChain, null).Certificate!.Names);
        Assert.Equal(["ecdsa.example"], Read($"# who issued it, and when\n{ecdsa.FullChain}{ecdsa.Key}", null).Certificate!.Names);
    }

    [Fact]
    public void Says_what_is_wrong()
    {
        var (own, other) = (Authority.Issue("nova.example"), Authority.Issue("nova.example"));
        using var key = ECDsa.Create();
        key.ImportFromPem(own.Key);
        var locked = key.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 10));

        Assert.StartsWith("one.key holds no key that belongs to one.crt", Read(own.FullChain, other.Key).Problem, StringComparison.Ordinal);
        Assert.StartsWith("one.key holds no key that belongs to one.crt", Read(own.FullChain, Authority.IssueRsa("nova.example").Key).Problem, StringComparison.Ordinal);
        Assert.StartsWith("one.key holds no key that belongs to one.crt", Read(own.FullChain, own.Key[..40]).Problem, StringComparison.Ordinal);
        Assert.Equal("one.key holds no key.", Read(own.FullChain, "").Problem);
        Assert.Equal("one.key is missing, and one.crt holds no key.", Read(own.FullChain, null).Problem);
        Assert.Equal("one.key holds a key with a password; it must have none.", Read(own.FullChain, locked).Problem);
        Assert.Equal("one.crt holds no whole certificate.", Read("", own.Key).Problem);
        Assert.Equal("one.crt holds no whole certificate.", Read(own.Leaf[..100], own.Key).Problem);
        Assert.StartsWith("one.crt can't be read: ", Read(own.Leaf.Replace("MII", "AAA", StringComparison.Ordinal), own.Key).Problem, StringComparison.Ordinal);
        Assert.Equal($"one.crt has {CertificateReading.LargestFile + 1} bytes, more than any certificate.", Read(new string('x', CertificateReading.LargestFile + 1), own.Key).Problem);
    }

    [Fact]
    public void Passes_over_what_is_not_meant_to_be_presented()
    {
        Assert.Equal(default, Read($"{Authority.IntermediatePem}\n{Authority.RootPem}", null));
        Assert.Equal(default, Read(Authority.Issue("nova.example").Key, null));
    }

    private CertificateReading Read(string chain, string? key)
    {
        var directory = scratch[Path.GetRandomFileName()];
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "one.crt"), chain);
        if (key is not null)
        {
            File.WriteAllText(Path.Combine(directory, "one.key"), key);
        }

        return CertificateReading.Of(CertificateFolder.Find(directory).Single());
    }

    private void Write(params string[] files)
    {
        foreach (var file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(scratch[file])!);
            File.WriteAllText(scratch[file], "");
        }
    }
}

namespace EdgeHost.Tests.Tls;

public sealed class TlsRulesTests
{
    [Theory]
    [InlineData("Tls:Url", "http://0.0.0.0:8443", "'http://0.0.0.0:8443' is not an https URL, such as https://0.0.0.0:8443.")]
    [InlineData("Tls:Url", "https://0.0.0.0:8443/path", "'https://0.0.0.0:8443/path' is not a URL of scheme, address and port, such as http://127.0.0.1:8080.")]
    [InlineData("Tls:Url", "https://127.0.0.1:8080/", "has the address and port of PublicUrl; it needs a port of its own.")]
    [InlineData("Tls:Url", "https://127.0.0.1:8081", "has the address and port of Management:Url; it needs a port of its own.")]
    [InlineData("Tls:CertificateDirectory", "", "is empty; name the directory with the certificates.")]
    [InlineData("Tls:HandshakeTimeout", "00:00:00.999", "is 00:00:00.9990000; it must be from 00:00:01 to 00:01:00.")]
    [InlineData("Tls:ReloadInterval", "01:00:01", "is 01:00:01; it must be from 00:00:01 to 01:00:00.")]
    [InlineData("Tls:ExpiryWarning", "91.00:00:00", "is 91.00:00:00; it must be from 01:00:00 to 90.00:00:00.")]
    [InlineData("Tls:MinimumVersion", "Tls11", "'Tls11' is not one of Tls12, Tls13.")]
    public void Name_what_is_wrong(string key, string value, string problem)
    {
        Assert.Equal([$"EdgeHost:{key}: {problem}"], Errors(("Tls:Url", "https://*:8443"), ("Tls:CertificateDirectory", "/etc/letsencrypt/live"), (key, value)));
    }

    [Fact]
    public void Ask_for_no_directory_where_there_is_no_https() => Assert.Empty(Errors());

    private static IReadOnlyList<string> Errors(params (string Key, string Value)[] changes)
    {
        var settings = Some.Settings();
        foreach (var (key, value) in changes)
        {
            settings[key] = value;
        }

        return Some.Read(settings).Errors;
    }
}

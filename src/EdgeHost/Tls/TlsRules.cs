using EdgeHost.Configuration;

namespace EdgeHost.Tls;

internal static class TlsRules
{
    public static void Check(TlsOptions options, ConfigurationErrors errors, params ReadOnlySpan<(string Key, string Url)> others)
    {
        errors.Range("Tls:HandshakeTimeout", options.HandshakeTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        errors.Range("Tls:ReloadInterval", options.ReloadInterval, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        errors.Range("Tls:ExpiryWarning", options.ExpiryWarning, TimeSpan.FromHours(1), TimeSpan.FromDays(90));
        if (options.Url.Length == 0)
        {
            return;
        }

        errors.ListenerUrl("Tls:Url", options.Url);
        if (!options.Url.StartsWith("https:", StringComparison.OrdinalIgnoreCase))
        {
            errors.Add("Tls:Url", $"'{options.Url}' is not an https URL, such as https://0.0.0.0:8443.");
        }

        if (string.IsNullOrWhiteSpace(options.CertificateDirectory))
        {
            errors.Add("Tls:CertificateDirectory", "is empty; name the directory with the certificates.");
        }

        foreach (var (key, url) in others)
        {
            // Without their schemes: one port can't speak both.
            if (AfterScheme(options.Url).Equals(AfterScheme(url), StringComparison.OrdinalIgnoreCase))
            {
                errors.Add("Tls:Url", $"has the address and port of {key}; it needs a port of its own.");
            }
        }
    }

    private static ReadOnlySpan<char> AfterScheme(string url) => url.AsSpan(url.IndexOf(':', StringComparison.Ordinal) + 1).TrimEnd('/');
}

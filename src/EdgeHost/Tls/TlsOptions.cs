namespace EdgeHost.Tls;

/// <summary>HTTPS for visitors, with certificates from files. Read at start only; the files themselves are looked at all the time.</summary>
internal sealed class TlsOptions
{
    /// <summary>Where visitors are answered by HTTPS, beside <c>PublicUrl</c>: <c>https://0.0.0.0:8443</c>. Default: empty, no HTTPS.</summary>
    public string Url { get; set; } = "";

    /// <summary>
    /// The directory with the certificates and their keys in PEM, in it or one folder below: <c>fullchain.pem</c> with <c>privkey.pem</c> (certbot's <c>live</c>),
    /// <c>tls.crt</c> with <c>tls.key</c> (Kubernetes), or any <c>name.crt</c> or <c>name.pem</c> with <c>name.key</c> or the key in the same file. Required with <see cref="Url"/>.
    /// </summary>
    public string CertificateDirectory { get; set; } = "";

    /// <summary>The name of the certificate (its folder, or its file without the ending) for clients that send no host name, or one that no certificate has. Default: none, such handshakes are refused.</summary>
    public string? DefaultCertificate { get; set; }

    /// <summary>The oldest version of TLS that is spoken: <c>Tls12</c> or <c>Tls13</c>. Default: <c>Tls12</c>.</summary>
    public TlsVersion MinimumVersion { get; set; } = TlsVersion.Tls12;

    /// <summary>How long a client may take from its connection to the end of its handshake. 1 s to 1 min. Default: 10 s.</summary>
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the files are looked at. 1 s to 1 h. Default: 10 s.</summary>
    public TimeSpan ReloadInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long before its end a certificate is warned of. 1 h to 90 days. Default: 14 days.</summary>
    public TimeSpan ExpiryWarning { get; set; } = TimeSpan.FromDays(14);
}

/// <summary>What of TLS may still be spoken.</summary>
internal enum TlsVersion
{
    Tls12,
    Tls13,
}

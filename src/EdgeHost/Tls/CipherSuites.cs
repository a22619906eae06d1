using System.Net.Security;
using System.Security.Authentication;

namespace EdgeHost.Tls;

/// <summary>
/// How handshakes are made: as Mozilla's <i>intermediate</i> profile wants it, without its finite-field Diffie-Hellman. A client that speaks TLS 1.3 gets nothing else, whose suites are all
/// good; so only older ones need a policy. That matters, as with a policy the framework makes an OpenSSL context for each handshake, and no session can be resumed.
/// </summary>
internal static class CipherSuites
{
    private static readonly List<SslApplicationProtocol> Protocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11];

    // Only OpenSSL takes a policy. Elsewhere, where edges are tried out, the system decides.
    private static readonly CipherSuitesPolicy? Modern = OperatingSystem.IsLinux() ? new CipherSuitesPolicy(
    [
        TlsCipherSuite.TLS_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    ])
    : null;

    public static SslServerAuthenticationOptions ForTls13(SslStreamCertificateContext context) => Of(context, SslProtocols.Tls13, null);

    public static SslServerAuthenticationOptions ForEither(SslStreamCertificateContext context) => Of(context, SslProtocols.Tls12 | SslProtocols.Tls13, Modern);

    private static SslServerAuthenticationOptions Of(SslStreamCertificateContext context, SslProtocols versions, CipherSuitesPolicy? suites) => new()
    {
        ServerCertificateContext = context,
        EnabledSslProtocols = versions,
        CipherSuitesPolicy = suites,
        ApplicationProtocols = Protocols,
        AllowRenegotiation = false,
    };
}

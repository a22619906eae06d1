using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace EdgeHost.Tls;

/// <summary>The listener for visitors who come by HTTPS: each handshake is given the certificate of the host that it names, or ended.</summary>
internal sealed class TlsListener(CertificateState certificates, TimeProvider clock)
{
    // A record of one fatal alert, unrecognized_name (RFC 8446 §5.1, §6.2): type 21, version 3.3, two bytes. The framework has no way to send it.
    private static readonly byte[] UnrecognizedName = [21, 3, 3, 0, 2, 2, 112];

    /// <summary>Opens the public listeners, both, as Kestrel takes no address from elsewhere once one is named here.</summary>
    public static void Open(KestrelServerOptions kestrel, string publicUrl)
    {
        var listener = kestrel.ApplicationServices.GetRequiredService<TlsListener>();
        Listen(kestrel, publicUrl, static _ => { });
        Listen(kestrel, listener.Options.Url, listener.Configure);
    }

    private void Configure(ListenOptions listen)
    {
        listen.Use(next => connection => ClientHello.LookAsync(connection, next, Options.HandshakeTimeout, clock));
        listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = OnConnectionAsync, HandshakeTimeout = Options.HandshakeTimeout });
        listen.Use(next => connection =>
        {
            HandshakeDeadline.End(connection);
            return next(connection);
        });
    }

    private TlsOptions Options => certificates.Options;

    private ValueTask<SslServerAuthenticationOptions> OnConnectionAsync(TlsHandshakeCallbackContext context)
    {
        var hello = context.ClientHelloInfo;
        var table = certificates.Table;
        if ((table.Find(hello.ServerName) ?? table.Fallback) is not { } certificate)
        {
            return RefuseAsync(context);
        }

        if (string.IsNullOrEmpty(hello.ServerName))
        {
            context.Connection.Features.Set(certificate);
        }

        return new ValueTask<SslServerAuthenticationOptions>(certificate.OptionsFor(context.Connection.Features.Get<Tls13Offer>() is not null, Options.MinimumVersion));
    }

    private async ValueTask<SslServerAuthenticationOptions> RefuseAsync(TlsHandshakeCallbackContext context)
    {
        certificates.CountRefused();
        // Nothing has been sent on the connection yet, and nothing is after this.
        await context.Connection.Transport.Output.WriteAsync(UnrecognizedName, context.CancellationToken);
        throw new AuthenticationException("There is no certificate for the host that the client named.");
    }

    // As Kestrel reads addresses: what is neither an IP address nor localhost is any address.
    private static void Listen(KestrelServerOptions kestrel, string url, Action<ListenOptions> configure)
    {
        var address = BindingAddress.Parse(url);
        if (address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            kestrel.ListenLocalhost(address.Port, configure);
        }
        else if (IPAddress.TryParse(address.Host, out var ip))
        {
            kestrel.Listen(ip, address.Port, configure);
        }
        else
        {
            kestrel.ListenAnyIP(address.Port, configure);
        }
    }
}

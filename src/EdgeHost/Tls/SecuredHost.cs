using System.Text;
using EdgeHost.SnapshotStore.Sites;
using Microsoft.AspNetCore.Connections.Features;

namespace EdgeHost.Tls;

/// <summary>Whether a request's host is the one that its TLS connection was made for (RFC 9110 §7.4). Browsers that reuse a connection for another host are told by 421 to make one (RFC 9113 §9.1.1).</summary>
internal static class SecuredHost
{
    /// <param name="context">A request that came by https.</param>
    /// <param name="authority">Its Host as it was sent.</param>
    public static bool Is(HttpContext context, string authority)
    {
        var sent = context.Features.Get<ITlsHandshakeFeature>()?.HostName;
        if (string.IsNullOrEmpty(sent))
        {
            // What it was shown is for some hosts all the same. Certificates of Kestrel's own section are not known here.
            return context.Features.Get<SiteCertificate>() is not { } shown || (HostName.TryTrim(authority, out var asked) && shown.Covers(asked));
        }

        return authority.Equals(sent, StringComparison.OrdinalIgnoreCase)
            || (HostName.TryTrim(authority, out var host) && host.Equals(ServerName.WithoutDot(Ascii.IsValid(sent) ? sent : ServerName.ToAscii(sent)), StringComparison.OrdinalIgnoreCase));
    }
}

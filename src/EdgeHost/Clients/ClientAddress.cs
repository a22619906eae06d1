using System.Net;
using Microsoft.Extensions.Primitives;

namespace EdgeHost.Clients;

/// <summary>Who the client is and how it came: from the connection, or from a trusted proxy's word.</summary>
/// <param name="Address">The client's address.</param>
/// <param name="Scheme"><c>http</c> or <c>https</c>, as the visitor's browser shows it.</param>
/// <param name="ForwardedFor">What the origin gets as <c>X-Forwarded-For</c>.</param>
internal readonly record struct ClientAddress(IPAddress? Address, string Scheme, string ForwardedFor)
{
    public static ClientAddress Of(HttpContext context, TrustedProxies trusted)
    {
        var peer = Plain(context.Connection.RemoteIpAddress);
        var scheme = context.Request.Scheme;
        if (!trusted.Trusts(peer))
        {
            // A client's own X-Forwarded-* say whatever the client likes.
            return new ClientAddress(peer, scheme, Text(peer));
        }

        var headers = context.Request.Headers;
        var claimed = headers["X-Forwarded-Proto"].ToString();
        if (claimed.Equals("https", StringComparison.OrdinalIgnoreCase) || claimed.Equals("http", StringComparison.OrdinalIgnoreCase))
        {
            scheme = claimed.ToLowerInvariant();
        }

        var chain = headers["X-Forwarded-For"];
        return new ClientAddress(
            RightmostUntrusted(chain, trusted) ?? peer,
            scheme,
            chain.Count == 0 ? Text(peer) : $"{string.Join(", ", chain.AsEnumerable())}, {Text(peer)}");
    }

    // Each proxy appends whom it saw, so the right end is what our own proxies say; the left end is the client's to invent.
    private static IPAddress? RightmostUntrusted(StringValues chain, TrustedProxies trusted)
    {
        var hops = string.Join(',', chain.AsEnumerable()).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        for (var i = hops.Length - 1; i >= 0; i--)
        {
            if (!IPAddress.TryParse(hops[i], out var hop))
            {
                return null;
            }

            if (!trusted.Trusts(hop))
            {
                return Plain(hop);
            }
        }

        return null;
    }

    /// <summary>An address as its own protocol writes it: a listener for both gives IPv4 as <c>::ffff:203.0.113.9</c>.</summary>
    public static IPAddress? Plain(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;

    private static string Text(IPAddress? address) => address?.ToString() ?? "unknown";
}

using System.IO.Hashing;
using System.Net.Sockets;

namespace EdgeHost.Clients;

/// <summary>Tells visitors apart by their networks: an IPv4 address, or an IPv6 prefix of 64 bits, all of which one household has (RFC 6177).</summary>
internal static class VisitorNetwork
{
    private const int PrefixLength = 8;

    /// <returns>The same for the same network while the process runs, and never 0.</returns>
    public static int Of(in ClientAddress client)
    {
        if (client.Address is not { } address)
        {
            return 1;
        }

        Span<byte> bytes = stackalloc byte[16];
        _ = address.TryWriteBytes(bytes, out var length);
        var network = bytes[..(address.AddressFamily == AddressFamily.InterNetworkV6 ? PrefixLength : length)];
        return (int)XxHash3.HashToUInt64(network) | 1;
    }
}

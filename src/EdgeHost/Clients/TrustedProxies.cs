using System.Collections.Immutable;
using System.Net;
using EdgeHost.Configuration;

namespace EdgeHost.Clients;

/// <summary>The proxies before this edge whose word about the client is believed.</summary>
internal sealed class TrustedProxies(IEnumerable<string> networks)
{
    private readonly ImmutableArray<IPNetwork> networks = [.. networks.Select(text => TryParse(text, out var network) ? network : throw new FormatException(text))];

    public bool Trusts(IPAddress? address)
    {
        if (address is null || networks.IsEmpty)
        {
            return false;
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        foreach (var network in networks)
        {
            if (network.Contains(plain))
            {
                return true;
            }
        }

        return false;
    }

    public static void Check(string key, IEnumerable<string> networks, ConfigurationErrors errors)
    {
        foreach (var text in networks.Where(text => !TryParse(text, out _)))
        {
            errors.Add(key, $"'{text}' is not an address or network; write 10.0.0.7 or 10.0.0.0/8.");
        }
    }

    private static bool TryParse(string text, out IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }

        return IPNetwork.TryParse(text, out network);
    }
}

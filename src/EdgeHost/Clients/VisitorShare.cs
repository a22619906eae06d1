using System.IO.Hashing;
using System.Text;

namespace EdgeHost.Clients;

/// <summary>
/// Where a visitor stands among a hundred: the same for every request, on every edge and after a restart, so that nobody is sent to and fro between the
/// platform and the snapshot; and another for each site, so that the sites of an origin return evenly.
/// </summary>
internal static class VisitorShare
{
    /// <returns>0 to 99.</returns>
    public static int Of(in ClientAddress client, string site)
    {
        Span<byte> text = stackalloc byte[16 + 64];
        var length = 0;
        _ = client.Address?.TryWriteBytes(text, out length);
        length += Encoding.ASCII.GetBytes(site, text[length..]);
        return (int)(XxHash3.HashToUInt64(text[..length]) % 100);
    }
}

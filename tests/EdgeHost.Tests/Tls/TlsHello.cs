using System.Buffers.Binary;
using System.Text;

namespace EdgeHost.Tests.Tls;

/// <summary>The first message of a client, in the versions that the framework's client speaks no more (RFC 5246 §7.4.1.2).</summary>
internal static class TlsHello
{
    /// <param name="version"><c>0x0301</c> is TLS 1.0, <c>0x0302</c> 1.1.</param>
    /// <param name="serverName">The host.</param>
    /// <param name="versions">What is offered in the extension that TLS 1.3 brought.</param>
    public static byte[] Of(ushort version, string serverName, params ushort[] versions)
    {
        var name = Encoding.ASCII.GetBytes(serverName);
        byte[] sni = [0, 0, .. Two(name.Length + 5), .. Two(name.Length + 3), 0, .. Two(name.Length), .. name];
        // supported_groups: secp256r1; ec_point_formats: uncompressed.
        byte[] extensions = [.. sni, 0, 10, 0, 4, 0, 2, 0, 23, 0, 11, 0, 2, 1, 0];
        if (versions.Length > 0)
        {
            extensions = [.. extensions, 0, 43, .. Two(1 + (2 * versions.Length)), (byte)(2 * versions.Length), .. versions.SelectMany(one => Two(one))];
        }

        // Suites of that time: ECDHE with AES-CBC and SHA-1, for both kinds of keys.
        byte[] body = [.. Two(version), .. new byte[32], 0, 0, 4, 0xc0, 0x09, 0xc0, 0x13, 1, 0, .. Two(extensions.Length), .. extensions];
        byte[] handshake = [1, 0, .. Two(body.Length), .. body];
        return [22, 3, 1, .. Two(handshake.Length), .. handshake];
    }

    private static byte[] Two(int number)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)number);
        return bytes;
    }
}

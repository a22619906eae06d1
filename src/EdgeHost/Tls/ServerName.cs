using System.Globalization;
using System.Text;

namespace EdgeHost.Tls;

/// <summary>
/// The host name that a client sends in its handshake (SNI, RFC 6066 §3). The framework gives it decoded, <c>münchen.example</c> for what was sent as
/// <c>xn--mnchen-3ya.example</c>; certificates and the Host header have it as it was sent.
/// </summary>
internal static class ServerName
{
    private static readonly IdnMapping Idn = new() { AllowUnassigned = true };

    /// <returns>Null when it is no host name.</returns>
    public static string? ToAscii(string name)
    {
        if (Ascii.IsValid(name))
        {
            return name;
        }

        try
        {
            return Idn.GetAscii(name);
        }
        catch (ArgumentException)
        {
            // Anybody can send anything.
            return null;
        }
    }

    /// <summary>Without the trailing dot, which is not to be sent and is.</summary>
    public static ReadOnlySpan<char> WithoutDot(ReadOnlySpan<char> name) => name is [.., '.'] ? name[..^1] : name;
}

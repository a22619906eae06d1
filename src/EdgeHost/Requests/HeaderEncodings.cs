using System.Text;
using Microsoft.Net.Http.Headers;

namespace EdgeHost.Requests;

/// <summary>How Kestrel reads each header's value: byte for byte, but for two that it would otherwise change or take too lightly.</summary>
internal static class HeaderEncodings
{
    public static Encoding For(string name) =>
        name.Equals(HeaderNames.Connection, StringComparison.OrdinalIgnoreCase) ? ConnectionHeaderEncoding.Instance
        : name.Equals(HeaderNames.ContentLength, StringComparison.OrdinalIgnoreCase) ? ContentLengthEncoding.Instance
        : Encoding.Latin1;
}

using System.Net.Http.Headers;

namespace EdgeHost.Live;

/// <summary>RFC 9110 §7.6.1: a proxy must remove what <c>Connection</c> names. YARP removes <c>Connection</c> itself and leaves those.</summary>
internal static class NominatedHeaders
{
    public static void RemoveFrom(HttpHeaders headers, string connection)
    {
        foreach (var name in connection.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            // Looked for first: Remove throws at what is no name at all, and at headers of the content, which are not one hop's to nominate.
            if (!IsOption(name) && headers.NonValidated.Contains(name))
            {
                headers.Remove(name);
            }
        }
    }

    // What YARP itself needs for an answer of 101, and what is no header.
    private static bool IsOption(string name) =>
        name.Equals("close", StringComparison.OrdinalIgnoreCase) || name.Equals("upgrade", StringComparison.OrdinalIgnoreCase) || name.Equals("connection", StringComparison.OrdinalIgnoreCase);
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using EdgeHost.SnapshotStore.Manifests;

namespace StaticExport.Publishing;

/// <summary>
/// Header values as an edge can send them again. Origins send raw UTF-8 or Latin-1 in them, which HTTP does not allow (RFC 9110 §5.5)
/// and which must not keep a whole site from being published.
/// </summary>
internal static class SendableHeaders
{
    /// <summary>Headers whose value can't be sent are left out: browsers cope without them.</summary>
    public static ImmutableSortedDictionary<string, string> Of(ImmutableSortedDictionary<string, string> headers) =>
        headers.RemoveRange(headers.Where(header => !RecordedHeaders.Keeps(header.Key) || !RecordedHeaders.CanSend(header.Value)).Select(header => header.Key));

    /// <summary>A URL with its other characters percent-encoded, as browsers would (<c>/caf\u00e9</c>: <c>/caf%C3%A9</c>).</summary>
    public static string? Url(string? location)
    {
        if (location is null || RecordedHeaders.CanSend(location))
        {
            return location;
        }

        // HttpClient reads header octets as Latin-1: they are what has to be escaped. Anything else came from elsewhere, as UTF-16.
        var octets = location.All(c => c <= '\xff') ? Encoding.Latin1.GetBytes(location) : Encoding.UTF8.GetBytes(location);
        var text = new StringBuilder(octets.Length * 2);
        foreach (var octet in octets)
        {
            if (octet is > 0x1f and < 0x7f)
            {
                text.Append((char)octet);
            }
            else if (octet >= 0x80)
            {
                text.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
            }
        }

        return text.ToString();
    }

    /// <summary>A content type without its other characters.</summary>
    public static string? ContentType(string? type) =>
        type is null || RecordedHeaders.CanSend(type) ? type : string.Concat(type.Where(c => c is >= ' ' and <= '~')).Trim();
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using EdgeHost.SnapshotStore.Manifests;

namespace StaticExport.Fetching;

/// <summary>
/// Header values as an edge can send them again. Origins send raw UTF-8 or Latin-1 in them, which HTTP does not allow (RFC 9110 §5.5)
/// and which must not keep a whole site from being published. HttpClient gives each octet as a character.
/// </summary>
internal static class SendableHeaders
{
    /// <summary>Those that a snapshot keeps, by lower-case name.</summary>
    /// <param name="headers">All that the answer has.</param>
    /// <param name="refused">Gets the names of those that are left out because of their characters: browsers cope without them.</param>
    public static ImmutableSortedDictionary<string, string> Of(IEnumerable<KeyValuePair<string, string>> headers, ICollection<string> refused)
    {
        var sendable = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, sent) in headers.Where(header => RecordedHeaders.Keeps(header.Key)))
        {
            var value = name.Equals("Content-Disposition", StringComparison.OrdinalIgnoreCase) ? Disposition.Portable(sent) : sent;
            if (RecordedHeaders.CanSend(value))
            {
                sendable[name.ToLowerInvariant()] = value;
            }
            else
            {
                refused.Add(name.ToLowerInvariant());
            }
        }

        return sendable.ToImmutable();
    }

    /// <summary>A URL with its other characters percent-encoded, as browsers would (<c>/caf\u00c3\u00a9</c>, as its two octets are read: <c>/caf%C3%A9</c>).</summary>
    public static string? Url(string? location)
    {
        if (location is null || RecordedHeaders.CanSend(location))
        {
            return location;
        }

        var text = new StringBuilder(location.Length + 16);
        foreach (var octet in Encoding.Latin1.GetBytes(location))
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

using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace EdgeHost.SnapshotStore.Sites;

/// <summary>
/// A host name as it is looked up: lower case, without port and without the trailing dot of a fully qualified name.
/// Names with non-ASCII letters are written in their A-label (punycode) form, as they are on the wire (RFC 5890).
/// </summary>
public readonly record struct HostName
{
    /// <summary>RFC 1035 §2.3.4: 255 octets on the wire, which leaves 253 characters.</summary>
    public const int MaxLength = 253;

    // Underscores are not legal in a host name, but they are in use.
    private static readonly SearchValues<char> LabelCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

    private readonly string? text;

    private HostName(string text) => this.text = text;

    /// <summary>Parses a host or an authority (<c>Example.org.:8080</c> is <c>example.org</c>).</summary>
    public static bool TryParse([NotNullWhen(true)] string? authority, out HostName host)
    {
        host = TryTrim(authority, out var name) ? new HostName(name.ToString().ToLowerInvariant()) : default;
        return host.text is not null;
    }

    /// <exception cref="FormatException">Not a host name.</exception>
    public static HostName Parse(string authority) => TryParse(authority, out var host)
        ? host
        : throw new FormatException($"'{authority}' is not a host name: use letters, digits and '-' in labels joined by '.', in punycode where it has other letters.");

    /// <summary>
    /// Strips port and trailing dot without allocating and checks the form; the letters' case is left for the look-up to ignore.
    /// False for an empty, overlong or malformed host, for user information, for an IPv6 literal (no website is called that) and for a bad port.
    /// </summary>
    public static bool TryTrim(ReadOnlySpan<char> authority, out ReadOnlySpan<char> name)
    {
        name = authority;
        var colon = name.IndexOf(':');
        if (colon >= 0)
        {
            if (!IsPort(name[(colon + 1)..]))
            {
                return false;
            }

            name = name[..colon];
        }

        if (name is [.., '.'])
        {
            name = name[..^1];
        }

        return name.Length is > 0 and <= MaxLength && AreLabels(name);
    }

    public override string ToString() => text ?? "";

    // RFC 3986 §3.2.3: the port may be empty.
    private static bool IsPort(ReadOnlySpan<char> port) =>
        port.Length <= 5 && !port.ContainsAnyExceptInRange('0', '9') && (port.IsEmpty || int.Parse(port, provider: null) <= 65535);

    private static bool AreLabels(ReadOnlySpan<char> name)
    {
        foreach (var range in name.Split('.'))
        {
            var label = name[range];
            if (label.Length is 0 or > 63 || label.ContainsAnyExcept(LabelCharacters))
            {
                return false;
            }
        }

        return true;
    }
}

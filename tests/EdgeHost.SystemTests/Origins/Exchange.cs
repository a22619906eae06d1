using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace EdgeHost.SystemTests.Origins;

/// <summary>One request that passed to the real origin, and what came back byte for byte.</summary>
internal sealed partial class Exchange(string target)
{
    private readonly Lock gate = new();
    private readonly MemoryStream response = new();

    public string Target => target;

    /// <summary>Called before the same bytes are passed on, so that whoever has a whole answer finds it here.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            response.Write(bytes);
        }
    }

    /// <summary>Whether this answer had such a status and such a body, and was whole.</summary>
    public bool Was(int status, ReadOnlySpan<byte> body)
    {
        lock (gate)
        {
            var bytes = response.GetBuffer().AsSpan(0, (int)response.Length);
            var head = bytes.IndexOf("\r\n\r\n"u8);
            return head >= 0
                && bytes[(head + 4)..].SequenceEqual(body)
                && StatusOf(bytes) == status
                && IsWhole(Encoding.Latin1.GetString(bytes[..head]), body);
        }
    }

    private static int StatusOf(ReadOnlySpan<byte> response) => int.Parse(response.Slice("HTTP/1.1 ".Length, 3), CultureInfo.InvariantCulture);

    // PHP's built-in server ends a page's body by closing the connection, as a killed one does: what tells them apart is the document's own end.
    private static bool IsWhole(string head, ReadOnlySpan<byte> body)
    {
        var length = head.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        if (length is not null)
        {
            return int.Parse(length.Split(':')[1], CultureInfo.InvariantCulture) == body.Length;
        }

        // Styles and scripts have no end of their own to look for; feeds and pages end as their first element began.
        var isMarkup = head.Contains("Content-Type: text/html", StringComparison.OrdinalIgnoreCase) || head.Contains("xml", StringComparison.OrdinalIgnoreCase);
        return !isMarkup || body.IsEmpty || FirstElement().Match(Encoding.Latin1.GetString(body)) is not { Success: true, Groups: var root }
            || Encoding.Latin1.GetString(body).TrimEnd().EndsWith($"</{root[1].Value}>", StringComparison.OrdinalIgnoreCase);
    }

    [GeneratedRegex("<([A-Za-z]+)", RegexOptions.CultureInvariant)]
    private static partial Regex FirstElement();
}

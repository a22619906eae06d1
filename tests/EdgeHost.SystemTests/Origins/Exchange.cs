using System.Globalization;
using System.Text;

namespace EdgeHost.SystemTests.Origins;

/// <summary>One request that passed to the real origin, and what came back byte for byte.</summary>
internal sealed class Exchange(string target)
{
    private static readonly string[] EndMarks = ["</html>", "</rss>", "</feed>", "</urlset>", "</sitemapindex>"];

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

        var tail = Encoding.Latin1.GetString(body[^Math.Min(body.Length, 200)..]).TrimEnd();
        var isMarkup = head.Contains("Content-Type: text/html", StringComparison.OrdinalIgnoreCase) || head.Contains("xml", StringComparison.OrdinalIgnoreCase);
        return !isMarkup || EndMarks.Any(mark => tail.EndsWith(mark, StringComparison.OrdinalIgnoreCase)) || body.IsEmpty;
    }
}

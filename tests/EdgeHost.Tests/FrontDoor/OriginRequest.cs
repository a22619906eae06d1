using System.Text;

namespace EdgeHost.Tests.FrontDoor;

/// <summary>What an origin received, byte for byte.</summary>
internal sealed record OriginRequest(string Head, string Body)
{
    public string Method => Head[..Head.IndexOf(' ', StringComparison.Ordinal)];

    public string Target => Head.Split(' ')[1];

    public bool IsProbe => this["User-Agent"] == "EdgeHost-probe";

    public IReadOnlyList<(string Name, string Value)> Headers => [.. Head.Split("\r\n").Skip(1).Where(line => line.Length > 0).Select(line => line.Split(':', 2)).Select(parts => (parts[0], parts[1].Trim()))];

    /// <summary>A header's value; of several of one name, all, separated by <c>" | "</c> so that they don't look like one. Null when there is none.</summary>
    public string? this[string name] => Headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).ToList() is { Count: > 0 } values ? string.Join(" | ", values) : null;

    /// <summary>Where the first request in what was received ends; -1 while it is incomplete.</summary>
    public static int LengthOf(List<byte> received)
    {
        var text = Encoding.Latin1.GetString([.. received]);
        var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        if (head < 4)
        {
            return -1;
        }

        var request = new OriginRequest(text[..head], "");
        var end = request["Transfer-Encoding"] == "chunked" ? text.IndexOf("0\r\n\r\n", head, StringComparison.Ordinal) + 5
            : request["Content-Length"] is { } length ? head + int.Parse(length, provider: null)
            : head;
        return end >= head && end <= received.Count ? end : -1;
    }

    public static OriginRequest Parse(byte[] bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        return new OriginRequest(text[..head], text[head..]);
    }
}

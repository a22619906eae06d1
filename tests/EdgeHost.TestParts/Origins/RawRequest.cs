using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace EdgeHost.TestParts.Origins;

/// <summary>A request as an origin received it.</summary>
/// <param name="Connection">Which connection it came on, counted from 1.</param>
/// <param name="Bytes">All of it.</param>
public sealed record RawRequest(int Connection, byte[] Bytes)
{
    public string Text => Encoding.Latin1.GetString(Bytes);

    public string Method => Text.Split(' ')[0];

    public string Target => Text.Split(' ')[1];

    public string Head => Text[..(Text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 2)];

    public string Body => Text[(Head.Length + 2)..];

    /// <summary>The values of a header, one for each line of it.</summary>
    public IReadOnlyList<string> this[string name] =>
        [.. Head.Split("\r\n")[1..].Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)).Select(line => line[(name.Length + 1)..].Trim())];

    /// <summary>How long the request at the start of these bytes is; null while that can't be told.</summary>
    public static int? LengthOf(List<byte> received)
    {
        var bytes = CollectionsMarshal.AsSpan(received);
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return null;
        }

        var head = Encoding.Latin1.GetString(bytes[..end]);
        if (head.Contains("\r\nTransfer-Encoding:", StringComparison.OrdinalIgnoreCase))
        {
            var last = bytes[end..].IndexOf("\r\n0\r\n\r\n"u8);
            return last < 0 ? null : end + last + "\r\n0\r\n\r\n".Length;
        }

        var length = head.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return end + 4 + (length is null ? 0 : int.Parse(length.Split(':')[1], CultureInfo.InvariantCulture));
    }
}

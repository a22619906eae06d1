using System.Text;

namespace EdgeHost.SystemTests.Http;

/// <summary>How a response's body ended.</summary>
internal enum BodyEnd
{
    /// <summary>By its own framing: a length, the last chunk, or a status without a body.</summary>
    Complete,

    /// <summary>By the end of the connection, which is the framing of a body that has neither length nor chunks: nobody can tell whether it is all.</summary>
    ByClose,

    /// <summary>The connection ended before the framing said so.</summary>
    Cut,
}

/// <summary>A response as it came over the wire.</summary>
internal sealed record RawResponse(string Version, int Status, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body, BodyEnd End)
{
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>The first word of <c>EdgeHost-Decision</c>: live, snapshot, unavailable or refused.</summary>
    public string? Decision => this["EdgeHost-Decision"]?.Split(';')[0].Trim();

    /// <summary>All values of a header, joined; null when there is none.</summary>
    public string? this[string name]
    {
        get
        {
            var values = Headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).ToList();
            return values.Count == 0 ? null : string.Join(", ", values);
        }
    }

    public override string ToString() =>
        $"{Status} ({End}, {Body.Length} bytes)\n{string.Join('\n', Headers.Select(header => $"{header.Name}: {header.Value}"))}\n\n{Text[..Math.Min(Text.Length, 400)]}";
}

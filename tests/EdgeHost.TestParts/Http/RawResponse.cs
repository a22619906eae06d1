using System.Text;

namespace EdgeHost.TestParts.Http;

/// <summary>A response as it came over the wire.</summary>
public sealed record RawResponse(string Version, int Status, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body, BodyEnd End)
{
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>False for a connection that ended before the framing said so.</summary>
    public bool IsWhole => End != BodyEnd.Cut;

    /// <summary>All of <c>EdgeHost-Decision</c>; empty when there is none.</summary>
    public string Decision => this["EdgeHost-Decision"] ?? "";

    /// <summary>Its first word: live, snapshot, unavailable or refused.</summary>
    public string DecisionKind => Decision.Split(';')[0].Trim();

    /// <summary>A header's value; of several of one name, all, separated by <c>" | "</c> so that they don't look like one. Null when there is none.</summary>
    public string? this[string name]
    {
        get
        {
            var values = Headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).ToList();
            return values.Count == 0 ? null : string.Join(" | ", values);
        }
    }

    public override string ToString() =>
        $"{Status} ({End}, {Body.Length} bytes)\n{string.Join('\n', Headers.Select(header => $"{header.Name}: {header.Value}"))}\n\n{Text[..Math.Min(Text.Length, 400)]}";
}

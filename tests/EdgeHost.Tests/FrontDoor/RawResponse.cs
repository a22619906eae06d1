using System.Text;

namespace EdgeHost.Tests.FrontDoor;

/// <summary>A response as it came over the wire.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Headers">Its headers in order.</param>
/// <param name="Content">Its body without the framing.</param>
/// <param name="IsWhole">Whether the framing says that this is all; false for a connection that ended before.</param>
internal sealed record RawResponse(int Status, IReadOnlyList<(string Name, string Value)> Headers, byte[] Content, bool IsWhole)
{
    public string Text => Encoding.UTF8.GetString(Content);

    public string Decision => this["EdgeHost-Decision"] ?? "";

    public string? this[string name] => Headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).ToList() is { Count: > 0 } values ? string.Join(" | ", values) : null;
}

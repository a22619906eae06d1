using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace EdgeHost.SnapshotStore.Sites;

/// <summary>The id of a site: 1 to 63 of <c>a-z</c>, <c>0-9</c> and <c>-</c>, not starting with <c>-</c>. Part of every key, so it can't hold a separator.</summary>
public readonly record struct SiteId
{
    private const int Longest = 63;

    private static readonly SearchValues<char> Characters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private readonly string? text;

    private SiteId(string text) => this.text = text;

    public static bool TryParse([NotNullWhen(true)] string? text, out SiteId id)
    {
        id = text is { Length: > 0 and <= Longest } and [not '-', ..] && !text.AsSpan().ContainsAnyExcept(Characters) ? new SiteId(text) : default;
        return id.text is not null;
    }

    /// <exception cref="FormatException">Not a site id.</exception>
    public static SiteId Parse(string text) => TryParse(text, out var id) ? id : throw new FormatException(FaultOf(text));

    /// <summary>What to tell somebody who wrote something else.</summary>
    public static string FaultOf(string text) => $"'{text}' is not a site id: use 1 to 63 of a-z, 0-9 and '-', not starting with '-'.";

    public override string ToString() => text ?? "";
}

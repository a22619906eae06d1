using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace EdgeHost.SnapshotStore.Manifests;

/// <summary>The id of a snapshot: when it was captured and a random part, so that ids sort by age and two exports at once differ: <c>20260131t235959z-1a2b3c4d</c>.</summary>
public readonly record struct SnapshotId
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private readonly string? text;

    private SnapshotId(string text) => this.text = text;

    public static SnapshotId New(DateTimeOffset capturedAt) =>
        new(capturedAt.UtcDateTime.ToString("yyyyMMdd't'HHmmss'z-'", CultureInfo.InvariantCulture) + RandomNumberGenerator.GetHexString(8, lowercase: true));

    public static bool TryParse([NotNullWhen(true)] string? text, out SnapshotId id)
    {
        id = text is not null && IsId(text) ? new SnapshotId(text) : default;
        return id.text is not null;
    }

    /// <exception cref="FormatException">Not a snapshot id.</exception>
    public static SnapshotId Parse(string text) => TryParse(text, out var id) ? id : throw new FormatException(FaultOf(text));

    /// <summary>What to tell somebody who wrote something else.</summary>
    public static string FaultOf(string text) => $"'{text}' is not a snapshot id: 'static-export list' shows them, they look like 20260131t235959z-1a2b3c4d.";

    public override string ToString() => text ?? "";

    // 20260131t235959z-1a2b3c4d. No regular expression: an edge reads tens of thousands of these while it starts.
    private static bool IsId(ReadOnlySpan<char> text) => text.Length == 25 && text[8] == 't' && text[15] == 'z' && text[16] == '-'
        && !text[..8].ContainsAnyExceptInRange('0', '9') && !text[9..15].ContainsAnyExceptInRange('0', '9') && !text[17..].ContainsAnyExcept(HexDigits);
}

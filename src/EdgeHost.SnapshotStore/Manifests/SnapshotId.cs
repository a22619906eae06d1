using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace EdgeHost.SnapshotStore.Manifests;

/// <summary>The id of a snapshot: when it was captured and a random part, so that ids sort by age and two exports at once differ: <c>20260131t235959z-1a2b3c4d</c>.</summary>
public readonly partial record struct SnapshotId
{
    private readonly string? text;

    private SnapshotId(string text) => this.text = text;

    public static SnapshotId New(DateTimeOffset capturedAt) =>
        new(capturedAt.UtcDateTime.ToString("yyyyMMdd't'HHmmss'z-'", CultureInfo.InvariantCulture) + RandomNumberGenerator.GetHexString(8, lowercase: true));

    public static bool TryParse([NotNullWhen(true)] string? text, out SnapshotId id)
    {
        id = text is not null && Form().IsMatch(text) ? new SnapshotId(text) : default;
        return id.text is not null;
    }

    /// <exception cref="FormatException">Not a snapshot id.</exception>
    public static SnapshotId Parse(string text) => TryParse(text, out var id) ? id : throw new FormatException(FaultOf(text));

    /// <summary>What to tell somebody who wrote something else.</summary>
    public static string FaultOf(string text) => $"'{text}' is not a snapshot id: 'static-export list' shows them, they look like 20260131t235959z-1a2b3c4d.";

    public override string ToString() => text ?? "";

    [GeneratedRegex("^[0-9]{8}t[0-9]{6}z-[0-9a-f]{8}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}

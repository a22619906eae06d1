using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace EdgeHost.Decisions;

/// <summary>Kinds and reasons as headers and logs spell them: <c>origin-down</c>.</summary>
internal static class DecisionNames
{
    private static readonly ImmutableArray<string> Kinds = [.. Enum.GetNames<DecisionKind>().Select(Kebab)];
    private static readonly ImmutableArray<string> Reasons = [.. Enum.GetNames<DecisionReason>().Select(Kebab)];

    private static readonly ImmutableArray<byte[]> KindBytes = [.. Kinds.Select(Encoding.ASCII.GetBytes)];
    private static readonly ImmutableArray<byte[]> ReasonBytes = [.. Reasons.Select(Encoding.ASCII.GetBytes)];

    public static string Name(this DecisionKind kind) => Kinds[(int)kind];

    public static string Name(this DecisionReason reason) => Reasons[(int)reason];

    /// <summary>The name in ASCII.</summary>
    public static ReadOnlySpan<byte> Ascii(this DecisionKind kind) => KindBytes[(int)kind];

    /// <inheritdoc cref="Ascii(DecisionKind)"/>
    public static ReadOnlySpan<byte> Ascii(this DecisionReason reason) => ReasonBytes[(int)reason];

    private static string Kebab(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}

using System.Collections.Frozen;
using EdgeHost.SnapshotStore.Operating;

namespace EdgeHost.Modes;

/// <summary>Modes as operators write them.</summary>
internal static class ModeNames
{
    // Not Enum.Parse: that takes numbers, and sums of names.
    private static readonly FrozenDictionary<string, OperatorMode> Modes = Enum.GetValues<OperatorMode>().ToFrozenDictionary(Name, StringComparer.OrdinalIgnoreCase);

    public static string Name(this OperatorMode mode) => mode.ToString().ToLowerInvariant();

    public static bool TryParse(string? text, out OperatorMode mode) => Modes.TryGetValue(text ?? "", out mode);
}

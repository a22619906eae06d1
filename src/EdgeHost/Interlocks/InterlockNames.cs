using System.Collections.Frozen;
using System.Text.Json;

namespace EdgeHost.Interlocks;

/// <summary>Interlocks as operators and the journal write them: <c>snapshot-stale</c>.</summary>
internal static class InterlockNames
{
    private static readonly FrozenDictionary<string, Interlock> Interlocks = Enum.GetValues<Interlock>().ToFrozenDictionary(Name, StringComparer.Ordinal);

    public static IEnumerable<string> All => Interlocks.OrderBy(pair => pair.Value).Select(pair => pair.Key);

    public static string Name(this Interlock interlock) => JsonNamingPolicy.KebabCaseLower.ConvertName(interlock.ToString());

    public static bool TryParse(string text, out Interlock interlock) => Interlocks.TryGetValue(text, out interlock);
}

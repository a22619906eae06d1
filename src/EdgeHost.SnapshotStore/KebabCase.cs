using System.Text.Json;

namespace EdgeHost.SnapshotStore;

/// <summary>How reports, metrics and the control API spell the values of enumerations: <c>no-snapshot</c>.</summary>
public static class KebabCase
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}

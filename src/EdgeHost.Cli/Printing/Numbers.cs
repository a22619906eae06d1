using System.Globalization;

namespace EdgeHost.Cli.Printing;

/// <summary>Numbers as people read them, the same in every country.</summary>
internal static class Numbers
{
    public static string Of(double? number) => number?.ToString("0.##", CultureInfo.InvariantCulture) ?? "";
}

using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace StaticExport.Patterns;

/// <summary>Regular expressions of users that run in linear time, over texts of strangers.</summary>
internal static class LinearRegex
{
    public const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    /// <param name="expression">As it was written.</param>
    /// <param name="regex">What it makes.</param>
    /// <param name="fault">Why it makes none.</param>
    public static bool TryParse(string expression, [NotNullWhen(true)] out Regex? regex, [NotNullWhen(false)] out string? fault)
    {
        try
        {
            (regex, fault) = (new Regex(expression, Options), null);
            return true;
        }
        // Regex has no other way to say so.
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            (regex, fault) = (null, e.Message);
            return false;
        }
    }
}

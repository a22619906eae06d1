using System.ComponentModel;

namespace EdgeHost.Configuration;

/// <summary>How the value of an option is written. The binder's own check stops at the first one that is wrong; an operator wants to see them all.</summary>
internal static class ValueForm
{
    /// <summary>Whether the binder can make a value of a type of a text.</summary>
    public static bool Fits(Type type, string text)
    {
        if (text.Length == 0 && Nullable.GetUnderlyingType(type) is not null)
        {
            return true;
        }

        try
        {
            TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text);
            return true;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException or NotSupportedException)
        {
            return false;
        }
    }

    public static string Of(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var time when time == typeof(TimeSpan) => "a time, such as 00:00:01.500",
        var flag when flag == typeof(bool) => "true or false",
        { IsEnum: true } choice => $"one of {string.Join(", ", Enum.GetNames(choice))}",
        _ => "a whole number",
    };
}

using System.Buffers;
using System.Globalization;

namespace StaticExport.Publish;

/// <summary>Amounts as people write them: <c>500ms</c>, <c>30s</c>, <c>10m</c>, <c>6h</c>; <c>1048576</c>, <c>64MiB</c>, <c>20GiB</c>.</summary>
internal static class Quantity
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    // Some 300 years: more than any option takes, and less than what overflows.
    private const double MostSeconds = 1e10;

    public static bool TryTime(string text, out TimeSpan time)
    {
        var (number, unit) = Split(text);
        double? seconds = unit switch
        {
            "ms" => 0.001,
            "s" => 1,
            "m" => 60,
            "h" => 3600,
            _ => null,
        };
        time = TimeSpan.FromSeconds(Math.Min((number * seconds) ?? 0, MostSeconds));
        return number is not null && seconds is not null;
    }

    public static bool TryBytes(string text, out long bytes)
    {
        var (number, unit) = Split(text);
        long? factor = unit switch
        {
            "" or "b" => 1,
            "kib" or "k" => 1L << 10,
            "mib" or "m" => 1L << 20,
            "gib" or "g" => 1L << 30,
            "kb" => 1000,
            "mb" => 1000 * 1000,
            "gb" => 1000 * 1000 * 1000,
            _ => null,
        };
        var fits = number * factor is >= 0 and < 9e18;
        bytes = fits ? (long)(number * factor)! : 0;
        return fits;
    }

    private static (double? Number, string Unit) Split(string text)
    {
        var digits = text.AsSpan().TrimEnd().IndexOfAnyExcept(Digits);
        var number = digits < 0 ? text : text[..digits];
        return (double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null, digits < 0 ? "" : text[digits..].Trim().ToLowerInvariant());
    }
}

using System.Buffers;
using System.Globalization;

namespace StaticExport.Publish;

/// <summary>Amounts as people write them: <c>500ms</c>, <c>30s</c>, <c>10m</c>, <c>6h</c>; <c>1048576</c>, <c>64MiB</c>, <c>20GiB</c>.</summary>
internal static class Quantity
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    /// <exception cref="FormatException">Not a time.</exception>
    public static TimeSpan Time(string name, string text)
    {
        var (number, unit) = Split(text);
        TimeSpan? time = unit switch
        {
            _ when number is null => null,
            "ms" => TimeSpan.FromMilliseconds(number.Value),
            "s" => TimeSpan.FromSeconds(number.Value),
            "m" => TimeSpan.FromMinutes(number.Value),
            "h" => TimeSpan.FromHours(number.Value),
            _ => null,
        };
        return time ?? throw new FormatException($"--{name} '{text}' is not a time: write it as 500ms, 30s, 10m or 6h.");
    }

    /// <exception cref="FormatException">Not a number of bytes.</exception>
    public static long Bytes(string name, string text)
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
        return number is >= 0 and < 1e9 && factor is not null
            ? (long)(number.Value * factor.Value)
            : number is >= 0 and < 9e15 && factor == 1 ? (long)number.Value : throw new FormatException($"--{name} '{text}' is not a number of bytes: write it as 1048576, 64MiB or 20GiB.");
    }

    private static (double? Number, string Unit) Split(string text)
    {
        var digits = text.AsSpan().TrimEnd().IndexOfAnyExcept(Digits);
        var number = digits < 0 ? text : text[..digits];
        return (double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null, digits < 0 ? "" : text[digits..].Trim().ToLowerInvariant());
    }
}

using System.Globalization;

namespace EdgeHost.Sites;

/// <summary>Statuses as configured: <c>200</c> or <c>200-299</c>.</summary>
internal readonly record struct StatusRange(int First, int Last)
{
    public bool Holds(int status) => status >= First && status <= Last;

    public static bool TryParse(string text, out StatusRange range)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        var (first, last) = dash < 0 ? (text, text) : (text[..dash], text[(dash + 1)..]);
        if (Status(first) is { } low && Status(last) is { } high && low <= high)
        {
            range = new StatusRange(low, high);
            return true;
        }

        range = default;
        return false;
    }

    public override string ToString() => First == Last ? $"{First}" : $"{First}-{Last}";

    private static int? Status(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status is >= 100 and <= 599 ? status : null;
}

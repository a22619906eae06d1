using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace EdgeHost.Demo.Platform.Markup;

/// <summary>
/// What <c>Html.Of($"…{value}…")</c> compiles to: the literal parts are the page's own markup, a string between braces is
/// a value and is encoded, and only <see cref="Html"/> passes as it is. Forgetting to encode is therefore not possible.
/// </summary>
[InterpolatedStringHandler]
internal readonly struct HtmlInterpolation(int literalLength, int formattedCount)
{
    // Names such as "Zoë" stay readable in the source; what HTML needs encoded is encoded.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder text = new(literalLength + (formattedCount * 16));

    public void AppendLiteral(string markup) => text.Append(markup);

    public void AppendFormatted(Html markup) => text.Append(markup.Text);

    public void AppendFormatted(string? value) => text.Append(Encoder.Encode(value ?? ""));

    public void AppendFormatted(int value) => text.Append(CultureInfo.InvariantCulture, $"{value}");

    public void AppendFormatted(DateOnly value, string format) =>
        text.Append(value.ToString(format, CultureInfo.InvariantCulture));

    public Html ToHtml() => new(text.ToString());
}

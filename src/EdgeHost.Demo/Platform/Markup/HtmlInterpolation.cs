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
    private static readonly HtmlEncoder s_encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _text = new(literalLength + (formattedCount * 16));

    public void AppendLiteral(string markup) => _text.Append(markup);

    public void AppendFormatted(Html markup) => _text.Append(markup.Text);

    public void AppendFormatted(string? value) => _text.Append(s_encoder.Encode(value ?? ""));

    public void AppendFormatted(int value) => _text.Append(CultureInfo.InvariantCulture, $"{value}");

    public void AppendFormatted(DateOnly value, string format) =>
        _text.Append(value.ToString(format, CultureInfo.InvariantCulture));

    public Html ToHtml() => new(_text.ToString());
}

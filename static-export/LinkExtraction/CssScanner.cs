using System.Text;

namespace StaticExport.LinkExtraction;

/// <summary>Reads the names, strings and unquoted URLs of CSS, with their escapes (https://www.w3.org/TR/css-syntax-3/#tokenizer-algorithms).</summary>
internal ref struct CssScanner(ReadOnlySpan<char> css)
{
    private readonly ReadOnlySpan<char> css = css;
    private int at;

    public readonly bool IsAtEnd => at >= css.Length;

    public static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' || c >= '\x80';

    /// <summary>A character from here on; NUL behind the end.</summary>
    public readonly char Peek(int ahead) => at + ahead < css.Length ? css[at + ahead] : '\0';

    public void Skip() => at++;

    public void SkipComment()
    {
        var end = css[(at + 2)..].IndexOf("*/");
        at = end < 0 ? css.Length : at + end + 4;
    }

    public void SkipSpace()
    {
        while (at < css.Length && char.IsWhiteSpace(css[at]))
        {
            at++;
        }
    }

    public string ReadName()
    {
        var text = new StringBuilder();
        while (at < css.Length)
        {
            if (IsNameCharacter(css[at]))
            {
                text.Append(css[at++]);
            }
            else if (css[at] == '\\' && Peek(1) is not ('\n' or '\r' or '\0'))
            {
                ReadEscape(text);
            }
            else
            {
                break;
            }
        }

        // A lone backslash: step over it, or the scan would stand still.
        if (text.Length == 0)
        {
            at++;
        }

        return text.ToString();
    }

    public string ReadString()
    {
        var quote = css[at++];
        var text = new StringBuilder();
        while (at < css.Length && css[at] != quote && css[at] is not ('\n' or '\r'))
        {
            if (css[at] == '\\')
            {
                ReadEscape(text);
            }
            else
            {
                text.Append(css[at++]);
            }
        }

        // A line break ends a bad string and is not part of it.
        at += Peek(0) == quote ? 1 : 0;
        return text.ToString();
    }

    public string ReadUnquotedUrl()
    {
        var text = new StringBuilder();
        while (at < css.Length && css[at] != ')')
        {
            if (css[at] == '\\')
            {
                ReadEscape(text);
            }
            else
            {
                text.Append(css[at++]);
            }
        }

        at++;
        return text.ToString().Trim();
    }

    // "\26 B" is "&B": up to six hexadecimal digits and one white space; "\" before a line break is nothing; else the character itself.
    private void ReadEscape(StringBuilder text)
    {
        at++;
        var digits = 0;
        while (digits < 6 && char.IsAsciiHexDigit(Peek(digits)))
        {
            digits++;
        }

        if (digits == 0)
        {
            if (at < css.Length && css[at] is not ('\n' or '\r'))
            {
                text.Append(css[at]);
            }

            at++;
            return;
        }

        var code = Convert.ToInt32(css.Slice(at, digits).ToString(), 16);
        text.Append(Rune.IsValid(code) && code != 0 ? new Rune(code).ToString() : "\ufffd");
        at += digits;
        if (at < css.Length && char.IsWhiteSpace(css[at]))
        {
            at++;
        }
    }
}

using System.Text;

namespace StaticExport.LinkExtraction;

/// <summary>
/// Finds every <c>url()</c>, <c>src()</c>, <c>@import</c> and string of an <c>image-set()</c> in CSS, by its tokens (https://www.w3.org/TR/css-syntax-3/#tokenization).
/// A parser of rules would not do: what it doesn't know it drops, and the URLs with it.
/// </summary>
internal ref struct CssLinks
{
    private readonly ReadOnlySpan<char> css;
    private readonly LinkCollector links;
    private readonly Stack<string> functions = new();
    private int at;
    private bool inImport;
    private bool inNamespace;

    private CssLinks(string css, LinkCollector links)
    {
        this.css = css;
        this.links = links;
    }

    /// <param name="css">A style sheet, or the declarations of a <c>style</c> attribute.</param>
    /// <param name="links">Where the links go.</param>
    public static void Collect(string css, LinkCollector links)
    {
        var scan = new CssLinks(css, links);
        while (scan.at < scan.css.Length)
        {
            scan.Next();
        }
    }

    private void Next()
    {
        var c = css[at];
        switch (c)
        {
            case '/' when Peek(1) == '*':
                var end = css[(at + 2)..].IndexOf("*/");
                at = end < 0 ? css.Length : at + end + 4;
                break;
            case '"' or '\'':
                OnString(ReadString());
                break;
            case '@':
                at++;
                OnAtKeyword(ReadName());
                break;
            case '(':
                at++;
                functions.Push("");
                break;
            case ')':
                at++;
                functions.TryPop(out _);
                break;
            case ';' or '{' or '}':
                at++;
                inImport = inNamespace = false;
                break;
            default:
                if (IsNameCharacter(c) || c == '\\')
                {
                    OnName(ReadName());
                }
                else
                {
                    at++;
                }

                break;
        }
    }

    private void OnAtKeyword(string name)
    {
        inImport = name.Equals("import", StringComparison.OrdinalIgnoreCase);
        // Its URL is a name and is never fetched.
        inNamespace = name.Equals("namespace", StringComparison.OrdinalIgnoreCase);
    }

    private void OnString(string text)
    {
        var isImage = functions.TryPeek(out var function) && function.EndsWith("image-set", StringComparison.OrdinalIgnoreCase);
        if (inImport || isImage)
        {
            Found(text);
        }
    }

    private void OnName(string name)
    {
        if (Peek(0) != '(')
        {
            return;
        }

        at++;
        if (!name.Equals("url", StringComparison.OrdinalIgnoreCase) && !name.Equals("src", StringComparison.OrdinalIgnoreCase))
        {
            functions.Push(name);
            return;
        }

        SkipSpace();
        if (Peek(0) is '"' or '\'')
        {
            Found(ReadString());
            functions.Push(name);
        }
        else if (name.Equals("url", StringComparison.OrdinalIgnoreCase))
        {
            Found(ReadUnquotedUrl());
        }
        else
        {
            functions.Push(name);
        }
    }

    private void Found(string text)
    {
        if (!inNamespace)
        {
            links.Add(text, inImport ? LinkRole.Stylesheet : LinkRole.Asset);
        }

        inImport = false;
    }

    private readonly char Peek(int ahead) => at + ahead < css.Length ? css[at + ahead] : '\0';

    private static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' || c >= '\x80';

    private void SkipSpace()
    {
        while (at < css.Length && char.IsWhiteSpace(css[at]))
        {
            at++;
        }
    }

    private string ReadName()
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

    private string ReadString()
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

    private string ReadUnquotedUrl()
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

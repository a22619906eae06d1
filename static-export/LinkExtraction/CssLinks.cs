namespace StaticExport.LinkExtraction;

/// <summary>
/// Finds every <c>url()</c>, <c>src()</c>, <c>@import</c> and string of an <c>image-set()</c> in CSS, by its tokens (https://www.w3.org/TR/css-syntax-3/#tokenization).
/// A parser of rules would not do: what it doesn't know it drops, and the URLs with it.
/// </summary>
internal ref struct CssLinks
{
    private readonly LinkCollector links;
    private readonly Stack<string> functions = new();
    private CssScanner css;
    private bool inImport;
    private bool inNamespace;

    private CssLinks(string css, LinkCollector links)
    {
        this.css = new CssScanner(css);
        this.links = links;
    }

    /// <param name="css">A style sheet, or the declarations of a <c>style</c> attribute.</param>
    /// <param name="links">Where the links go.</param>
    public static void Collect(string css, LinkCollector links)
    {
        var scan = new CssLinks(css, links);
        while (!scan.css.IsAtEnd)
        {
            scan.Next();
        }
    }

    private void Next()
    {
        var c = css.Peek(0);
        switch (c)
        {
            case '/' when css.Peek(1) == '*':
                css.SkipComment();
                break;
            case '"' or '\'':
                OnString(css.ReadString());
                break;
            case '@':
                css.Skip();
                OnAtKeyword(css.ReadName());
                break;
            case '(':
                css.Skip();
                functions.Push("");
                break;
            case ')':
                css.Skip();
                functions.TryPop(out _);
                break;
            case ';' or '{' or '}':
                css.Skip();
                inImport = inNamespace = false;
                break;
            default:
                if (CssScanner.IsNameCharacter(c) || c == '\\')
                {
                    OnName(css.ReadName());
                }
                else
                {
                    css.Skip();
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
        if (css.Peek(0) != '(')
        {
            return;
        }

        css.Skip();
        if (!name.Equals("url", StringComparison.OrdinalIgnoreCase) && !name.Equals("src", StringComparison.OrdinalIgnoreCase))
        {
            functions.Push(name);
            return;
        }

        css.SkipSpace();
        if (css.Peek(0) is '"' or '\'')
        {
            Found(css.ReadString());
            functions.Push(name);
        }
        else if (name.Equals("url", StringComparison.OrdinalIgnoreCase))
        {
            Found(css.ReadUnquotedUrl());
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
}

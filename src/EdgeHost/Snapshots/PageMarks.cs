using System.Collections.Frozen;
using System.Text;
using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;

namespace EdgeHost.Snapshots;

/// <summary>By what a page can be told for one of its site's: the words of its title, what it says it was made with, and its length.</summary>
internal sealed record PageMarks(FrozenSet<string> TitleWords, string? Generator, long Length)
{
    /// <summary>How much of a page is read for them, in bytes.</summary>
    public const int HeadLength = 16 * 1024;

    private const int ShortestWord = 3;

    /// <param name="head">The start of the page, decoded.</param>
    /// <param name="length">The length of the whole page in bytes; -1 where it is not known.</param>
    public static PageMarks Read(string head, long length)
    {
        var (title, generator) = ReadHead(head);
        return new PageMarks(Words(title), generator is null ? null : Family(generator), length);
    }

    // By the tokenizer alone: what builds a tree of 16 KB that somebody wrote for it takes seconds and a gigabyte.
    private static (string Title, string? Generator) ReadHead(string head)
    {
        using var source = new TextSource(head);
        var tokens = new HtmlTokenizer(source, HtmlEntityProvider.Resolver);
        var (title, isInTitle, generator) = (new StringBuilder(), false, (string?)null);
        while (tokens.Get() is { Type: not HtmlTokenType.EndOfFile } token)
        {
            switch (token.Type)
            {
                case HtmlTokenType.StartTag when token.Name == "body":
                    return (title.ToString(), generator);
                case HtmlTokenType.StartTag:
                    isInTitle = token.Name == "title" && title.Length == 0;
                    tokens.State = ContentOf(token.Name);
                    generator ??= token is HtmlTagToken { Name: "meta" } meta && "generator".Equals(meta.GetAttribute("name"), StringComparison.OrdinalIgnoreCase) ? meta.GetAttribute("content") : null;
                    break;
                case HtmlTokenType.EndTag:
                    isInTitle = false;
                    break;
                case HtmlTokenType.Character when isInTitle:
                    title.Append(token.Data);
                    break;
            }
        }

        return (title.ToString(), generator);
    }

    // HTML Living Standard, 13.2.6.4.4 "in head": what stands in these is text.
    private static HtmlParseMode ContentOf(string element) => element switch
    {
        "title" or "textarea" => HtmlParseMode.RCData,
        "style" or "noscript" or "noframes" or "xmp" or "iframe" => HtmlParseMode.Rawtext,
        "script" => HtmlParseMode.Script,
        _ => HtmlParseMode.PCData,
    };

    private static FrozenSet<string> Words(string title)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        var text = title.ToLowerInvariant();
        for (var at = 0; at < text.Length; at++)
        {
            var first = at;
            while (at < text.Length && char.IsLetterOrDigit(text[at]))
            {
                at++;
            }

            if (at - first >= ShortestWord)
            {
                words.Add(text[first..at]);
            }
        }

        return words.ToFrozenSet(StringComparer.Ordinal);
    }

    // A new version of what it is made with makes it no other site.
    private static string? Family(string generator)
    {
        var name = new string([.. generator.TakeWhile(letter => !char.IsAsciiDigit(letter))]).Trim().ToLowerInvariant();
        return name.Length == 0 ? null : name;
    }
}

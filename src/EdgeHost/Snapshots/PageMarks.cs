using System.Collections.Frozen;
using AngleSharp.Html.Parser;

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
        using var document = new HtmlParser().ParseDocument(head);
        var generator = document.QuerySelector("meta[name=generator i]")?.GetAttribute("content");
        return new PageMarks(Words(document.Title ?? ""), generator is null ? null : Family(generator), length);
    }

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

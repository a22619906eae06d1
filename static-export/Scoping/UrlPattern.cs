using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using StaticExport.Patterns;

namespace StaticExport.Scoping;

/// <summary>
/// A pattern over the path and query of a URL, in one of three forms:
/// <c>/media/*</c> or <c>*.zip</c>: the whole path and query, <c>*</c> stands for any characters;
/// <c>?do=*</c>: any single parameter of the query;
/// <c>re:[?&amp;]page=\d{3,}</c>: a regular expression that matches anywhere.
/// </summary>
/// <remarks>Letter case counts. All forms run in linear time: a site's URLs are its visitors' and not ours.</remarks>
internal sealed class UrlPattern
{
    private readonly Regex regex;
    private readonly bool perParameter;

    private UrlPattern(string text, Regex regex, bool perParameter)
    {
        Text = text;
        this.regex = regex;
        this.perParameter = perParameter;
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <param name="text">As it was written.</param>
    /// <param name="pattern">The pattern.</param>
    /// <param name="fault">Why it is none, and what to write.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out UrlPattern? pattern, [NotNullWhen(false)] out string? fault)
    {
        fault = null;
        pattern = text switch
        {
            ['r', 'e', ':', .. var expression] => LinearRegex.TryParse(expression, out var regex, out fault) ? new UrlPattern(text, regex, perParameter: false) : null,
            ['/' or '*', ..] => new UrlPattern(text, Glob(text), perParameter: false),
            ['?', _, ..] => new UrlPattern(text, Glob(text[1..]), perParameter: true),
            _ => null,
        };
        if (pattern is not null)
        {
            return true;
        }

        fault = fault is null
            ? $"'{text}' is not a pattern: write /path* or *.ending for the whole path and query, ?name=* for one parameter, or re: and a regular expression."
            : $"'{text}' is not a pattern that can be run in linear time: {fault}";
        return false;
    }

    /// <param name="target">Path and query in the canonical form, as the report shows it.</param>
    public bool Matches(string target)
    {
        if (!perParameter)
        {
            return regex.IsMatch(target);
        }

        var question = target.IndexOf('?', StringComparison.Ordinal);
        if (question < 0)
        {
            return false;
        }

        var query = target.AsSpan(question + 1);
        foreach (var range in query.Split('&'))
        {
            if (regex.IsMatch(query[range]))
            {
                return true;
            }
        }

        return false;
    }

    public override string ToString() => Text;

    private static Regex Glob(string text) => new("^" + Regex.Escape(text).Replace("\\*", ".*", StringComparison.Ordinal) + "\\z", LinearRegex.Options | RegexOptions.Singleline);
}

using System.Text.RegularExpressions;
using EdgeHost.Configuration;
using Microsoft.Extensions.Primitives;

namespace EdgeHost.Live;

/// <summary><c>CDN-Loop</c> (RFC 8586): each request that goes to an origin carries our name, and one that arrives with it has gone in a circle.</summary>
internal static partial class CdnLoop
{
    public const string Header = "CDN-Loop";

    // Raw: "cdn.example; hop=1, edgehost, other"
    public static bool Holds(StringValues values, string id)
    {
        foreach (var value in values)
        {
            foreach (var range in value.AsSpan().Split(','))
            {
                var member = value.AsSpan()[range];
                var parameters = member.IndexOf(';');
                if ((parameters < 0 ? member : member[..parameters]).Trim().Equals(id, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }

    public static string Append(StringValues values, string id) => values.Count == 0 ? id : $"{string.Join(", ", values.AsEnumerable())}, {id}";

    public static void Check(string key, string id, ConfigurationErrors errors)
    {
        if (!Token().IsMatch(id))
        {
            errors.Add(key, $"'{id}' is not a token: use letters, digits, '-', '.' and '_'.");
        }
    }

    [GeneratedRegex("^[A-Za-z0-9._-]{1,64}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}

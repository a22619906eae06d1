using System.Collections.Immutable;
using EdgeHost.Decisions;

namespace EdgeHost.Sites;

/// <summary>A site's rules by path prefix; the longest prefix that a path lies under holds.</summary>
internal sealed class PathRules
{
    /// <summary>RFC 8555 §8.3: where a certificate authority looks whether a host is ours. No rule of a site holds below it.</summary>
    public const string AcmeChallenges = "/.well-known/acme-challenge/";

    // The longest first, so that the first that fits is the one. Sites have a handful.
    private readonly ImmutableArray<(string Prefix, PathRule Rule)> rules;

    public PathRules(IEnumerable<string> liveOnly, IEnumerable<string> snapshotFirst) =>
        rules = [.. liveOnly.Select(prefix => (Trim(prefix), PathRule.LiveOnly)).Concat(snapshotFirst.Select(prefix => (Trim(prefix), PathRule.SnapshotFirst)))
            .OrderByDescending(rule => rule.Item1.Length)];

    /// <param name="path">A canonical path.</param>
    public PathRule Of(string path) => Find(path)?.Rule ?? PathRule.Default;

    /// <summary>The prefix that a path lies under, with what holds there; null when it lies under none.</summary>
    public (string Prefix, PathRule Rule)? Find(string path)
    {
        if (path.StartsWith(AcmeChallenges, StringComparison.Ordinal))
        {
            return (AcmeChallenges, PathRule.AlwaysLive);
        }

        foreach (var (prefix, rule) in rules)
        {
            // /shop is /shop and all below it, and not /shopping.
            if (path.StartsWith(prefix, StringComparison.Ordinal) && (path.Length == prefix.Length || prefix[^1] == '/' || path[prefix.Length] == '/'))
            {
                return (prefix, rule);
            }
        }

        return null;
    }

    // /admin/ is meant to hold for /admin, too.
    private static string Trim(string prefix) => prefix.Length > 1 ? prefix.TrimEnd('/') : prefix;
}

using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace EdgeHost.SnapshotStore.Targets;

/// <summary>
/// What of a query string distinguishes pages of a site. The exporter and the edge both make keys by it, and it travels in the manifest, so they can't disagree.
/// </summary>
public sealed record QueryPolicy
{
    /// <summary>Parameters that campaigns, mail and ad networks add to links and that no page depends on.</summary>
    public static readonly ImmutableArray<string> TrackingParameters =
    [
        "utm_*", "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "twclid", "ttclid", "yclid", "igshid", "li_fat_id", "srsltid",
        "mc_cid", "mc_eid", "mkt_tok", "_ga", "_gl", "_hsenc", "_hsmi", "vero_id", "wickedid", "oly_anon_id", "oly_enc_id",
    ];

    public static readonly QueryPolicy Default = new();

    /// <summary>Names of parameters that are left out of the key, in any letter case; a trailing <c>*</c> stands for any ending. Default: <see cref="TrackingParameters"/>.</summary>
    [JsonRequired]
    [JsonPropertyName("drop")]
    public ImmutableArray<string> Drop { get; init; } = TrackingParameters;

    /// <summary>
    /// Whether parameters are sorted by name, so that <c>?b=1&amp;a=2</c> is <c>?a=2&amp;b=1</c>. Parameters of one name keep their order. Default: true.
    /// </summary>
    [JsonRequired]
    [JsonPropertyName("sort")]
    public bool Sort { get; init; } = true;

    /// <summary>The canonical form of a query (without its <c>?</c>); empty when nothing is left.</summary>
    public string Normalise(string query)
    {
        var parts = new List<(string Name, string Part)>();
        foreach (var range in query.AsSpan().Split('&'))
        {
            var part = query.AsSpan()[range];
            if (part.IsEmpty)
            {
                continue;
            }

            var equals = part.IndexOf('=');
            var name = PercentEncoding.Normalise(equals < 0 ? part : part[..equals]);
            if (!IsDropped(name))
            {
                parts.Add((name, equals < 0 ? name : $"{name}={PercentEncoding.Normalise(part[(equals + 1)..])}"));
            }
        }

        return string.Join('&', (Sort ? parts.OrderBy(part => part.Name, StringComparer.Ordinal) : parts.AsEnumerable()).Select(part => part.Part));
    }

    private bool IsDropped(string name)
    {
        foreach (var pattern in Drop)
        {
            if (pattern is [.., '*']
                ? name.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.OrdinalIgnoreCase)
                : name.Equals(pattern, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}

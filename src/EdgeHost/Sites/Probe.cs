using System.Collections.Immutable;
using EdgeHost.SnapshotStore.Sites;
using EdgeHost.SnapshotStore.Targets;

namespace EdgeHost.Sites;

/// <summary>How a site is asked whether it is well, and what passes.</summary>
internal sealed class Probe
{
    private static readonly ImmutableArray<StatusRange> Usual = [new StatusRange(200, 399)];

    private Probe(string target, HostName host, ImmutableArray<StatusRange> statuses, string? text, (string Name, string? Value)? header)
    {
        (Target, Host, Statuses, Text, Header) = (target, host, statuses, text, header);
        var wants = string.Join(", ", statuses);
        Words = $"GET {target} (Host: {host}), expecting {wants}{(text is null ? "" : $", the text '{text}'")}{(header is { } named ? $", the header {named.Name}{(named.Value is null ? "" : $": {named.Value}")}" : "")}";
    }

    public string Target { get; }

    public HostName Host { get; }

    public ImmutableArray<StatusRange> Statuses { get; }

    /// <summary>Whether nobody has said which statuses pass.</summary>
    public bool ExpectsUsual => Statuses == Usual;

    public string? Text { get; }

    public (string Name, string? Value)? Header { get; }

    /// <summary>The whole of it for people; two that have the same words are the same probe.</summary>
    public string Words { get; }

    /// <summary>The probe of options that <see cref="SiteRules"/> has found right.</summary>
    public static Probe Of(ProbeOptions options, HostName host) => new(
        RequestTarget.TryParse(options.Path, out var target, out var error) ? target.ToString() : throw new FormatException($"{options.Path}: {error}"),
        options.Host is null ? host : HostName.Parse(options.Host),
        options.Statuses.Count == 0 ? Usual : [.. options.Statuses.Select(text => StatusRange.TryParse(text, out var range) ? range : throw new FormatException(text))],
        string.IsNullOrEmpty(options.Text) ? null : options.Text,
        HeaderOf(options.Header));

    private static (string Name, string? Value)? HeaderOf(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (text.Trim(), null) : (text[..colon].Trim(), text[(colon + 1)..].Trim());
    }
}

using System.Collections.Immutable;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Manifests;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace EdgeHost.Snapshots;

/// <summary>One answer of a snapshot with everything that doesn't depend on the request held ready.</summary>
internal sealed class SnapshotEntry
{
    private readonly ImmutableArray<SnapshotBody> bodies;

    public SnapshotEntry(ManifestEntry entry, ImmutableArray<SnapshotBody> bodies)
    {
        Key = entry.Key;
        CapturedAt = entry.CapturedAt;
        Status = entry.Status;
        Kind = entry.Kind;
        LastModified = entry.LastModified;
        Location = entry.Location;
        IsHtml = entry.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true;
        // These have no body by definition, whatever a manifest says (RFC 9110 §15.3.5, §15.4.5).
        this.bodies = entry.Status is 204 or 304 ? [] : bodies;
        Identity = this.bodies.FirstOrDefault(body => body.Coding == ContentCoding.Identity);
        ContentType = entry.ContentType is null ? default : new StringValues(entry.ContentType);
        LastModifiedText = entry.LastModified is { } modified ? HeaderUtilities.FormatDate(modified) : default(StringValues);
        Vary = bodies.Any(body => body.Coding != ContentCoding.Identity) ? HeaderNames.AcceptEncoding : default(StringValues);
        OtherHeaders = [.. entry.Headers.Select(header => new KeyValuePair<string, StringValues>(header.Key, header.Value))];
    }

    /// <summary>The key that it is found by; empty for the site's 404 page.</summary>
    public string Key { get; }

    public DateTimeOffset CapturedAt { get; }

    public int Status { get; }

    public EntryKind Kind { get; }

    public bool IsHtml { get; }

    public DateTimeOffset? LastModified { get; }

    public string? Location { get; }

    /// <summary>The value of the header, ready to be sent; none where there is no such header.</summary>
    public StringValues ContentType { get; }

    /// <inheritdoc cref="ContentType"/>
    public StringValues LastModifiedText { get; }

    /// <inheritdoc cref="ContentType"/>
    public StringValues Vary { get; }

    /// <summary>The other headers of every answer from this entry.</summary>
    public ImmutableArray<KeyValuePair<string, StringValues>> OtherHeaders { get; }

    /// <summary>The body as the origin sent it, uncoded; null for an answer without one.</summary>
    public SnapshotBody? Identity { get; }

    public ImmutableArray<SnapshotBody> Bodies => bodies;

    /// <summary>The body that a client wants most, and of those that it wants alike the shortest; null for an answer without one. An uncoded one is better than none.</summary>
    /// <param name="accepted">What <see cref="AcceptEncoding.Parse"/> has read.</param>
    public SnapshotBody? Choose(int accepted)
    {
        if (bodies.Length < 2)
        {
            return Identity;
        }

        var (best, bestRank) = (Identity, 0);
        foreach (var body in bodies)
        {
            var rank = AcceptEncoding.RankOf(accepted, body.Coding);
            if (rank > bestRank || (rank == bestRank && rank > 0 && body.Length < best!.Length))
            {
                (best, bestRank) = (body, rank);
            }
        }

        return best;
    }
}

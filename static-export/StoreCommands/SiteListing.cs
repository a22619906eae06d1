using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeHost.SnapshotStore.Publishing;

namespace StaticExport.StoreCommands;

/// <summary>A site as <c>list</c> shows it; with <c>--json</c>, in these words.</summary>
internal sealed record SiteListing(
    string Site,
    string? Active,
    DateTimeOffset? ActiveCapturedAt,
    DateTimeOffset? ActivatedAt,
    int? ActiveEntries,
    bool Pinned,
    string? LastExport,
    DateTimeOffset? LastExportAt,
    IReadOnlyList<SnapshotListing> Snapshots)
{
    public static SiteListing Of(string site, SitePublication publication) => new(
        site,
        publication.Active?.Snapshot.ToString(),
        publication.Active?.CapturedAt,
        publication.ActivatedAt,
        publication.Active?.Entries,
        publication.Pinned,
        publication.LastExport is { } last ? $"{last.Outcome.ToString().ToLowerInvariant()}{(last.Detail is null ? "" : $": {last.Detail}")}" : null,
        publication.LastExport?.At,
        [.. publication.Published.Select(one => SnapshotListing.Of(one, publication))]);

    public static string ToJson(string store, IReadOnlyList<SiteListing> sites) => JsonSerializer.Serialize(new StoreListing(store, sites), ListingJson.Default.StoreListing);
}

internal sealed record SnapshotListing(string Snapshot, string State, DateTimeOffset CapturedAt, int Entries, string ManifestHash)
{
    public static SnapshotListing Of(SnapshotReference reference, SitePublication publication) => new(
        reference.Snapshot.ToString(),
        reference.Snapshot == publication.Active?.Snapshot ? (publication.Pinned ? "active, pinned" : "active")
            : publication.Retired.Any(retired => retired.Reference.Snapshot == reference.Snapshot) ? "retired"
            : "",
        reference.CapturedAt,
        reference.Entries,
        reference.Manifest.ToString());
}

internal sealed record StoreListing(string Store, IReadOnlyList<SiteListing> Sites);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(StoreListing))]
internal sealed partial class ListingJson : JsonSerializerContext;

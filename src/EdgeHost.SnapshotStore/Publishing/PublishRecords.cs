using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeHost.SnapshotStore.Journals;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.SnapshotStore.Publishing;

/// <summary>The records of the journal <c>publish</c>, and how to draft them.</summary>
public static class PublishRecords
{
    internal const string ActivatedType = "activated";
    internal const string StagedType = "staged";
    internal const string UnpinnedType = "unpinned";
    internal const string ExportFailedType = "export-failed";

    /// <summary>Make a snapshot the one that edges serve.</summary>
    /// <param name="site">The site.</param>
    /// <param name="reference">The snapshot.</param>
    /// <param name="replaces">The snapshot that is active as far as the writer knows. On a mismatch the record doesn't count, so a slow export can't undo a newer one.</param>
    /// <param name="pin">Whether exports only stage from now on: true for a rollback.</param>
    /// <param name="actor">Who.</param>
    /// <param name="reason">Why.</param>
    public static RecordDraft Activated(SiteId site, SnapshotReference reference, SnapshotId? replaces, bool pin, string actor, string? reason) =>
        new(ActivatedType, true, actor, reason, JsonSerializer.SerializeToElement(new ActivatedData(site, reference, pin, replaces), PublishJson.Default.ActivatedData));

    /// <summary>A snapshot is complete in the store, and not active.</summary>
    public static RecordDraft Staged(SiteId site, SnapshotReference reference, string actor, string? reason) =>
        new(StagedType, false, actor, reason, JsonSerializer.SerializeToElement(new StagedData(site, reference), PublishJson.Default.StagedData));

    /// <summary>The snapshot that a record names, if it is of a kind that does.</summary>
    public static (SiteId Site, SnapshotReference Reference)? ReferenceIn(JournalRecord record)
    {
        try
        {
            return record.Type switch
            {
                ActivatedType => RecordData.Read(record, PublishJson.Default.ActivatedData) is var activated ? (activated.Site, activated.Reference) : null,
                StagedType => RecordData.Read(record, PublishJson.Default.StagedData) is var staged ? (staged.Site, staged.Reference) : null,
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Exports activate again.</summary>
    public static RecordDraft Unpinned(SiteId site, string actor, string? reason) =>
        new(UnpinnedType, true, actor, reason, JsonSerializer.SerializeToElement(new UnpinnedData(site), PublishJson.Default.UnpinnedData));

    /// <summary>An export ended without a snapshot.</summary>
    public static RecordDraft ExportFailed(SiteId site, string actor, string reason) =>
        new(ExportFailedType, false, actor, reason, JsonSerializer.SerializeToElement(new ExportFailedData(site), PublishJson.Default.ExportFailedData));
}

// What may be absent in JSON has a default here: everything else is required when it is read.
internal sealed record ActivatedData(SiteId Site, SnapshotReference Reference, bool Pin, SnapshotId? Replaces = null);

internal sealed record StagedData(SiteId Site, SnapshotReference Reference);

internal sealed record UnpinnedData(SiteId Site);

internal sealed record ExportFailedData(SiteId Site);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(SiteIdConverter), typeof(SnapshotIdConverter), typeof(BlobHashConverter)])]
[JsonSerializable(typeof(ActivatedData))]
[JsonSerializable(typeof(StagedData))]
[JsonSerializable(typeof(UnpinnedData))]
[JsonSerializable(typeof(ExportFailedData))]
internal sealed partial class PublishJson : JsonSerializerContext;

// A checkpoint of a newer version may hold what an older one must not pass over: an unknown member makes it unreadable, and the records are read instead.
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [typeof(SiteIdConverter), typeof(SnapshotIdConverter), typeof(BlobHashConverter)])]
[JsonSerializable(typeof(PublishState))]
internal sealed partial class PublishStateJson : JsonSerializerContext;

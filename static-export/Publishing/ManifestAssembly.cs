using System.Collections.Immutable;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Manifests;
using StaticExport.Capturing;

namespace StaticExport.Publishing;

/// <summary>Makes the manifest of what was captured and where its bodies are. Pure.</summary>
internal sealed class ManifestAssembly(UploadPlan plan, IReadOnlyDictionary<BlobHash, ImmutableArray<StoredBody>> stored)
{
    public SnapshotManifest Assemble(CapturedSite site, SnapshotId snapshot) => new()
    {
        Site = site.Site,
        Snapshot = snapshot,
        CapturedAt = site.CapturedAt,
        Scheme = site.Scheme,
        Host = site.Host,
        Query = site.Query,
        Entries = Entries(site.Answers),
        Views = [.. site.Views.Select(View)],
        NotFound = site.NotFound is null ? null : Entry(site.NotFound) with { Key = "" },
    };

    private HostView View(CapturedView view) => new()
    {
        Scheme = view.Scheme,
        Host = view.Host,
        Rule = view.Rule,
        RedirectStatus = view.RedirectStatus,
        RedirectTo = view.RedirectTo,
        Entries = Entries(view.Answers),
    };

    private ImmutableArray<ManifestEntry> Entries(IEnumerable<CapturedAnswer> answers) => [.. answers.Select(Entry).OrderBy(entry => entry.Key, StringComparer.Ordinal)];

    // What differs only in volatile parts stays the earlier entry as a whole, its date and its headers too: a validator that a browser holds stays good.
    private ManifestEntry Entry(CapturedAnswer answer) => answer.KeptEntry is { } kept && plan.Keeps(kept)
        ? kept with { Key = answer.Key }
        : new ManifestEntry
        {
            Key = answer.Key,
            Status = answer.Status,
            Kind = answer.Kind,
            ContentType = answer.ContentType,
            Location = answer.Location,
            LastModified = answer.LastModified,
            Headers = answer.Headers,
            CapturedAt = answer.CapturedAt,
            Bodies = Fresh(answer),
        };

    private ImmutableArray<StoredBody> Fresh(CapturedAnswer answer) => answer switch
    {
        { Body: { } body } => stored[body.Hash],
        { KeptEntry.Bodies.Length: > 0 } => throw new StoreException(
            StoreFailure.Invalid, $"The store has lost a blob of '{answer.Key}', and the export kept no other bytes for it. Nothing was activated; run it without volatile patterns."),
        _ => [],
    };
}

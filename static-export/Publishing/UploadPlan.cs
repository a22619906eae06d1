using System.Collections.Immutable;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Manifests;
using StaticExport.Capturing;

namespace StaticExport.Publishing;

/// <summary>What is to be done for each body of a captured site, and why. Pure.</summary>
internal sealed class UploadPlan
{
    private readonly HashSet<ManifestEntry> kept;

    private UploadPlan(HashSet<ManifestEntry> kept, ImmutableDictionary<BlobHash, PlannedBody> bodies)
    {
        this.kept = kept;
        Bodies = bodies;
    }

    /// <summary>By the hash of the captured bytes. Bodies of answers that keep their earlier blobs are not in it.</summary>
    public ImmutableDictionary<BlobHash, PlannedBody> Bodies { get; }

    /// <summary>Whether an earlier entry's blobs are kept: it differs only in volatile parts, and all its blobs are there.</summary>
    public bool Keeps(ManifestEntry entry) => kept.Contains(entry);

    /// <param name="site">What the crawl brought home.</param>
    /// <param name="active">The manifest that the snapshot replaces; null for the first.</param>
    /// <param name="isPresent">Whether a blob is in the store, as far as is known.</param>
    public static UploadPlan For(CapturedSite site, SnapshotManifest? active, Predicate<BlobHash> isPresent)
    {
        var answers = AllAnswers(site).ToList();
        var kept = answers.Select(answer => answer.KeptEntry).OfType<ManifestEntry>().Where(entry => entry.Bodies.All(body => isPresent(body.Hash)))
            .ToHashSet<ManifestEntry>(ReferenceEqualityComparer.Instance);
        var earlier = (active?.AllEntries() ?? []).Where(entry => entry.Bodies.Length > 0)
            .GroupBy(entry => entry.Bodies[0].Hash)
            .ToDictionary(group => group.Key, group => group.MaxBy(entry => entry.Bodies.Length)!);
        var bodies = answers.Where(answer => answer.Body is not null && (answer.KeptEntry is null || !kept.Contains(answer.KeptEntry)))
            .GroupBy(answer => answer.Body!.Hash)
            .ToImmutableDictionary(group => group.Key, group => Decide(
                group.First().Body!, group.Any(answer => Compressibility.Of(answer.ContentType)), earlier.GetValueOrDefault(group.Key), isPresent));
        return new UploadPlan(kept, bodies);
    }

    public static IEnumerable<CapturedAnswer> AllAnswers(CapturedSite site)
    {
        var answers = site.Answers.Concat(site.Views.SelectMany(view => view.Answers));
        return site.NotFound is null ? answers : answers.Append(site.NotFound);
    }

    private static PlannedBody Decide(SpooledBody body, bool compresses, ManifestEntry? earlier, Predicate<BlobHash> isPresent) => earlier switch
    {
        null => new(body, BodyAction.New, BodyReason.FirstSeen, compresses, []),
        _ when compresses && !Compressibility.Of(earlier.ContentType) => new(body, BodyAction.New, BodyReason.NowCompresses, compresses, []),
        _ when !earlier.Bodies.All(stored => isPresent(stored.Hash)) => new(body, BodyAction.New, BodyReason.BlobMissing, compresses, []),
        _ => new(body, BodyAction.Present, BodyReason.SameAsActive, compresses, earlier.Bodies),
    };
}

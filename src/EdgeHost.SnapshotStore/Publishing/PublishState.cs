using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EdgeHost.SnapshotStore.Journals;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.SnapshotStore.Publishing;

/// <summary>What the journal <c>publish</c> adds up to: which snapshot each site has.</summary>
public sealed record PublishState : IJournalState<PublishState>
{
    /// <summary>How long the assets of a replaced snapshot go on being answered.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromHours(24);

    private const int MostPublished = 50;
    private const int MostConflicts = 50;

    // A day of exports every five minutes. Edges hold a manifest for each.
    private const int MostRetired = 288;

    public static string Journal => "publish";

    public static PublishState Empty { get; } = new();

    public static JsonTypeInfo<PublishState> Json => PublishStateJson.Default.PublishState;

    public ImmutableSortedDictionary<string, SitePublication> Sites
    {
        get;
        init => field = (value ?? ImmutableSortedDictionary<string, SitePublication>.Empty).WithComparers(StringComparer.Ordinal);
    } = ImmutableSortedDictionary.Create<string, SitePublication>(StringComparer.Ordinal);

    /// <summary>The newest activations that did not count, newest first.</summary>
    public ImmutableArray<PublishConflict> Conflicts { get; init => field = value.IsDefault ? [] : value; } = [];

    public SitePublication Of(SiteId site) => Sites.GetValueOrDefault(site.ToString(), SitePublication.Empty);

    public PublishState? Apply(JournalRecord record)
    {
        try
        {
            return record.Type switch
            {
                PublishRecords.ActivatedType => Activate(record, RecordData.Read(record, PublishJson.Default.ActivatedData)),
                PublishRecords.StagedType => Stage(record, RecordData.Read(record, PublishJson.Default.StagedData)),
                PublishRecords.UnpinnedType => Change(RecordData.Read(record, PublishJson.Default.UnpinnedData).Site, site => site with { Pinned = false }),
                PublishRecords.ExportFailedType => Change(
                    RecordData.Read(record, PublishJson.Default.ExportFailedData).Site,
                    site => site with { LastExport = new ExportResult(ExportOutcome.Failed, record.At, null, record.Reason) }),
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private PublishState Activate(JournalRecord record, ActivatedData data)
    {
        var site = Of(data.Site);
        var conflict = site.Active?.Snapshot != data.Replaces ? $"it replaces {data.Replaces?.ToString() ?? "nothing"}, and {site.Active?.Snapshot.ToString() ?? "nothing"} is active"
            : site.Pinned && !data.Pin ? $"the site is pinned to {site.Active?.Snapshot}"
            : null;
        if (conflict is not null)
        {
            var state = Change(data.Site, old => WithPublished(old, data.Reference) with
            {
                LastExport = data.Pin ? old.LastExport : new ExportResult(ExportOutcome.Staged, record.At, data.Reference.Snapshot, conflict),
            });
            return state with { Conflicts = [new PublishConflict(record.Number, data.Site, data.Reference.Snapshot, conflict), .. state.Conflicts.Take(MostConflicts - 1)] };
        }

        return Change(data.Site, old => WithPublished(old, data.Reference) with
        {
            Active = data.Reference,
            ActivatedAt = record.At,
            Pinned = data.Pin,
            Retired = Retire(old, data.Reference, record.At),
            LastExport = data.Pin ? old.LastExport : new ExportResult(ExportOutcome.Activated, record.At, data.Reference.Snapshot, null),
        });
    }

    private PublishState Stage(JournalRecord record, StagedData data) => Change(data.Site, old => WithPublished(old, data.Reference) with
    {
        LastExport = new ExportResult(ExportOutcome.Staged, record.At, data.Reference.Snapshot, record.Reason),
    });

    private PublishState Change(SiteId id, Func<SitePublication, SitePublication> change) => this with { Sites = Sites.SetItem(id.ToString(), change(Of(id))) };

    private static SitePublication WithPublished(SitePublication site, SnapshotReference reference) => site with
    {
        Published = [reference, .. site.Published.Where(other => other.Snapshot != reference.Snapshot).Take(MostPublished - 1)],
    };

    // Times are the writers': the fold gives the same everywhere, and an edge looks at its own clock once more when it answers.
    private static ImmutableArray<RetiredSnapshot> Retire(SitePublication old, SnapshotReference next, DateTimeOffset now)
    {
        var retired = old.Active is null ? old.Retired : old.Retired.Insert(0, new RetiredSnapshot(old.Active, now));
        return [.. retired.Where(one => now - one.ReplacedAt < Retention && one.Reference.Snapshot != next.Snapshot).DistinctBy(one => one.Reference.Snapshot).Take(MostRetired)];
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EdgeHost.SnapshotStore.Journals;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.SnapshotStore.Operating;

/// <summary>What the journal <c>ops</c> adds up to: which modes operators have set.</summary>
public sealed record OpsState : IJournalState<OpsState>
{
    public static string Journal => "ops";

    public static OpsState Empty { get; } = new();

    public static JsonTypeInfo<OpsState> Json => OpsStateJson.Default.OpsState;

    /// <summary>By scope (<see cref="OverrideScope"/>). Expired ones stay until they are replaced; readers look at the time.</summary>
    public ImmutableSortedDictionary<string, ModeOverride> Overrides
    {
        get;
        init => field = (value ?? ImmutableSortedDictionary<string, ModeOverride>.Empty).WithComparers(StringComparer.Ordinal);
    } = ImmutableSortedDictionary.Create<string, ModeOverride>(StringComparer.Ordinal);

    public OpsState? Apply(JournalRecord record)
    {
        try
        {
            return record.Type switch
            {
                OpsRecords.ModeSetType => Set(record, RecordData.Read(record, OpsJson.Default.ModeSetData)),
                OpsRecords.ModeClearedType => Clear(RecordData.Read(record, OpsJson.Default.ModeClearedData)),
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The override that holds for a site at a moment, and its scope: the site's own before the one for all. Nulls: none, which is <see cref="OperatorMode.Auto"/>.</summary>
    public (OverrideScope? Scope, ModeOverride? Override) For(SiteId site, DateTimeOffset now)
    {
        foreach (var scope in (ReadOnlySpan<OverrideScope>)[OverrideScope.Of(site), OverrideScope.All])
        {
            if (Overrides.TryGetValue(scope.ToString(), out var found) && !found.HasExpired(now))
            {
                return (scope, found);
            }
        }

        return (null, null);
    }

    private OpsState? Set(JournalRecord record, ModeSetData data) => !OverrideScope.TryParse(data.Scope, out var scope) ? null : this with
    {
        Overrides = Overrides.SetItem(scope.ToString(), new ModeOverride(data.Mode, record.Actor, record.At, record.Reason, data.ExpiresAt)),
    };

    private OpsState? Clear(ModeClearedData data) => !OverrideScope.TryParse(data.Scope, out var scope) ? null : this with { Overrides = Overrides.Remove(scope.ToString()) };
}

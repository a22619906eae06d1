using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EdgeHost.SnapshotStore.Journals;

namespace EdgeHost.SnapshotStore.Operating;

/// <summary>What the journal <c>ops</c> adds up to: which modes operators have set.</summary>
public sealed record OpsState : IJournalState<OpsState>
{
    // An edge tells of each change once, unless it ends, or its disk fails, right after that: then of the last few again.
    private const int MostChangesPerEdge = 32;

    public static string Journal => "ops";

    public static OpsState Empty { get; } = new();

    public static JsonTypeInfo<OpsState> Json => OpsStateJson.Default.OpsState;

    /// <summary>On <c>all</c> and on sites, by scope (<see cref="OverrideScope"/>). Expired ones stay until they are replaced; readers look at the time.</summary>
    public ImmutableSortedDictionary<string, ModeOverride> Overrides
    {
        get;
        init => field = (value ?? ImmutableSortedDictionary<string, ModeOverride>.Empty).WithComparers(StringComparer.Ordinal);
    } = ImmutableSortedDictionary.Create<string, ModeOverride>(StringComparer.Ordinal);

    /// <summary>
    /// On origins, groups and paths; null when there are none. The first version knew none of these: a member of their own keeps it from
    /// reading a checkpoint that has them and passing over them.
    /// </summary>
    public ImmutableSortedDictionary<string, ModeOverride>? ScopedOverrides
    {
        get;
        init => field = value is null or { IsEmpty: true } ? null : value.WithComparers(StringComparer.Ordinal);
    }

    /// <summary>What holds on one edge alone, by the edge's id and then by scope; null when there is none.</summary>
    public ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, ModeOverride>>? EdgeOverrides
    {
        get;
        init => field = value is null or { IsEmpty: true } ? null : ImmutableSortedDictionary.CreateRange(
            StringComparer.Ordinal, value.Select(edge => KeyValuePair.Create(edge.Key, edge.Value.WithComparers(StringComparer.Ordinal))));
    }

    /// <summary>The ids of the last changes that each edge has told of, by the edge's id, the oldest first; null when there are none.</summary>
    public ImmutableSortedDictionary<string, ImmutableList<string>>? EdgeChanges
    {
        get;
        init => field = value is null or { IsEmpty: true } ? null : value.WithComparers(StringComparer.Ordinal);
    }

    public OpsState? Apply(JournalRecord record)
    {
        try
        {
            return record.Type switch
            {
                OpsRecords.ModeSetType => Set(record, RecordData.Read(record, OpsJson.Default.ModeSetData)),
                OpsRecords.ModeClearedType => Clear(RecordData.Read(record, OpsJson.Default.ModeClearedData)),
                OpsRecords.EdgeModeSetType => SetOnEdge(record, RecordData.Read(record, OpsJson.Default.EdgeModeSetData)),
                OpsRecords.EdgeModeClearedType => ClearOnEdge(RecordData.Read(record, OpsJson.Default.EdgeModeClearedData)),
                OpsRecords.ChangeRefusedType => this,
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What is set on a scope, expired or not.</summary>
    public ModeOverride? Find(OverrideScope scope) => (IsOfFirstVersion(scope) ? Overrides : ScopedOverrides)?.GetValueOrDefault(scope.ToString());

    /// <summary>What is set on a scope for one edge alone, expired or not.</summary>
    public ModeOverride? FindOn(string edge, OverrideScope scope) => EdgeOverrides?.GetValueOrDefault(edge)?.GetValueOrDefault(scope.ToString());

    /// <summary>Whether a change that an edge has made for itself is in the journal already.</summary>
    public bool Knows(string edge, string change) => EdgeChanges?.GetValueOrDefault(edge)?.Contains(change) == true;

    /// <summary>All overrides that hold at a moment, on every edge.</summary>
    public IEnumerable<HeldOverride> Held(DateTimeOffset now) => Held(ScopedOverrides is null ? Overrides : Overrides.Concat(ScopedOverrides), now, isLocal: false);

    /// <summary>Those that hold on one edge alone.</summary>
    public IEnumerable<HeldOverride> HeldOn(string edge, DateTimeOffset now) => EdgeOverrides?.GetValueOrDefault(edge) is { } local ? Held(local, now, isLocal: true) : [];

    /// <summary>Those that hold on one other edge alone, by its id.</summary>
    public IEnumerable<(string Edge, HeldOverride Held)> HeldElsewhere(string edge, DateTimeOffset now) =>
        EdgeOverrides is null ? [] : EdgeOverrides.Keys.Where(other => other != edge).SelectMany(other => HeldOn(other, now).Select(held => (other, held)));

    /// <summary>Those that count on an edge: what is set for it alone stands in the place of what is set for all edges on the same scope.</summary>
    public IEnumerable<HeldOverride> InForceOn(string edge, DateTimeOffset now) => HeldOn(edge, now).Concat(Held(now)).DistinctBy(held => held.Scope);

    /// <summary>The state with another override on a scope, or with none.</summary>
    public OpsState With(OverrideScope scope, ModeOverride? value) => IsOfFirstVersion(scope)
        ? this with { Overrides = Replace(Overrides, scope, value) }
        : this with { ScopedOverrides = Replace(ScopedOverrides ?? ImmutableSortedDictionary<string, ModeOverride>.Empty, scope, value) };

    /// <summary>The state with another override on a scope for one edge alone, or with none.</summary>
    public OpsState WithOn(string edge, OverrideScope scope, ModeOverride? value)
    {
        var edges = EdgeOverrides ?? ImmutableSortedDictionary.Create<string, ImmutableSortedDictionary<string, ModeOverride>>(StringComparer.Ordinal);
        var local = Replace(edges.GetValueOrDefault(edge) ?? ImmutableSortedDictionary.Create<string, ModeOverride>(StringComparer.Ordinal), scope, value);
        return this with { EdgeOverrides = local.IsEmpty ? edges.Remove(edge) : edges.SetItem(edge, local) };
    }

    private static IEnumerable<HeldOverride> Held(IEnumerable<KeyValuePair<string, ModeOverride>> among, DateTimeOffset now, bool isLocal)
    {
        foreach (var (text, found) in among)
        {
            if (!found.HasExpired(now) && OverrideScope.TryParse(text, out var scope))
            {
                yield return new HeldOverride(scope, found, isLocal);
            }
        }
    }

    private static bool IsOfFirstVersion(OverrideScope scope) => scope.Kind is ScopeKind.All or ScopeKind.Site;

    private static ImmutableSortedDictionary<string, ModeOverride> Replace(ImmutableSortedDictionary<string, ModeOverride> among, OverrideScope scope, ModeOverride? value) =>
        value is null ? among.Remove(scope.ToString()) : among.SetItem(scope.ToString(), value);

    private OpsState? Set(JournalRecord record, ModeSetData data) =>
        OverrideScope.TryParse(data.Scope, out var scope) ? With(scope, new ModeOverride(data.Mode, record.Actor, record.At, record.Reason, data.ExpiresAt)) : null;

    private OpsState? Clear(ModeClearedData data) => OverrideScope.TryParse(data.Scope, out var scope) ? With(scope, null) : null;

    // Since it was decided, which may be long before the store was back.
    private OpsState? SetOnEdge(JournalRecord record, EdgeModeSetData data) => OverrideScope.TryParse(data.Scope, out var scope)
        ? WithOn(data.Edge, scope, new ModeOverride(data.Mode, record.Actor, data.DecidedAt, record.Reason, data.ExpiresAt)).WithTold(data.Edge, data.Change)
        : null;

    private OpsState? ClearOnEdge(EdgeModeClearedData data) =>
        OverrideScope.TryParse(data.Scope, out var scope) ? WithOn(data.Edge, scope, null).WithTold(data.Edge, data.Change) : null;

    private OpsState WithTold(string edge, string? change)
    {
        if (change is null)
        {
            return this;
        }

        var edges = EdgeChanges ?? ImmutableSortedDictionary.Create<string, ImmutableList<string>>(StringComparer.Ordinal);
        var told = edges.GetValueOrDefault(edge, []).Add(change);
        return this with { EdgeChanges = edges.SetItem(edge, told.Count > MostChangesPerEdge ? told.RemoveAt(0) : told) };
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeHost.SnapshotStore.Journals;

namespace EdgeHost.SnapshotStore.Operating;

/// <summary>The records of the journal <c>ops</c>, and how to draft them.</summary>
public static class OpsRecords
{
    internal const string ModeSetType = "mode-set";
    internal const string ModeClearedType = "mode-cleared";
    internal const string EdgeModeSetType = "edge-mode-set";
    internal const string EdgeModeClearedType = "edge-mode-cleared";
    internal const string ChangeRefusedType = "change-refused";

    /// <summary>Set a mode on a scope. <see cref="OperatorMode.Auto"/> on a site holds against another mode that is set for all. A reader that does not know the scope stops at it.</summary>
    /// <param name="scope">Where.</param>
    /// <param name="mode">Which.</param>
    /// <param name="expiresAt">When it ends by itself.</param>
    /// <param name="actor">Who.</param>
    /// <param name="reason">Why.</param>
    /// <param name="overridden">The rules that would have refused it, had the actor not overridden them.</param>
    public static RecordDraft ModeSet(OverrideScope scope, OperatorMode mode, DateTimeOffset? expiresAt, string actor, string reason, ImmutableArray<string> overridden = default) =>
        new(ModeSetType, true, actor, reason, JsonSerializer.SerializeToElement(new ModeSetData(scope.ToString(), mode, expiresAt, NullIfNone(overridden)), OpsJson.Default.ModeSetData));

    /// <summary>End what was set on a scope.</summary>
    /// <inheritdoc cref="ModeSet"/>
    public static RecordDraft ModeCleared(OverrideScope scope, string actor, string reason, ImmutableArray<string> overridden = default) =>
        new(ModeClearedType, true, actor, reason, JsonSerializer.SerializeToElement(new ModeClearedData(scope.ToString(), NullIfNone(overridden)), OpsJson.Default.ModeClearedData));

    /// <summary>Set a mode on a scope for one edge alone. Readers that do not know it are other edges or programs, which it does not concern: they pass over it.</summary>
    /// <param name="edge">The edge's id.</param>
    /// <param name="scope">Where.</param>
    /// <param name="value">What, who, why and when: it may have been decided long before it could be written.</param>
    /// <param name="overridden">The rules that would have refused it, had the actor not overridden them.</param>
    /// <param name="change">The edge's own id of the change: it knows by it which of its changes are in the journal.</param>
    public static RecordDraft EdgeModeSet(string edge, OverrideScope scope, ModeOverride value, ImmutableArray<string> overridden = default, string? change = null) => new(
        EdgeModeSetType,
        false,
        value.Actor,
        value.Reason,
        JsonSerializer.SerializeToElement(new EdgeModeSetData(edge, scope.ToString(), value.Mode, value.Since, value.ExpiresAt, NullIfNone(overridden), change), OpsJson.Default.EdgeModeSetData));

    /// <summary>End what was set on a scope for one edge alone.</summary>
    public static RecordDraft EdgeModeCleared(string edge, OverrideScope scope, DateTimeOffset decidedAt, string actor, string reason, ImmutableArray<string> overridden = default, string? change = null) => new(
        EdgeModeClearedType,
        false,
        actor,
        reason,
        JsonSerializer.SerializeToElement(new EdgeModeClearedData(edge, scope.ToString(), decidedAt, NullIfNone(overridden), change), OpsJson.Default.EdgeModeClearedData));

    /// <summary>Put on record that a change was asked for and refused. It changes nothing, so a reader that does not know it passes over it.</summary>
    /// <param name="scope">Where.</param>
    /// <param name="mode">The mode that was asked for; null: the end of what was set.</param>
    /// <param name="actor">Who.</param>
    /// <param name="reason">Why it was asked for.</param>
    /// <param name="rules">The rules that refused.</param>
    public static RecordDraft ChangeRefused(OverrideScope scope, OperatorMode? mode, string actor, string reason, ImmutableArray<string> rules) =>
        new(ChangeRefusedType, false, actor, reason, JsonSerializer.SerializeToElement(new ChangeRefusedData(scope.ToString(), mode, [.. rules]), OpsJson.Default.ChangeRefusedData));

    private static string[]? NullIfNone(ImmutableArray<string> rules) => rules.IsDefaultOrEmpty ? null : [.. rules];
}

internal sealed record ModeSetData(string Scope, OperatorMode Mode, DateTimeOffset? ExpiresAt = null, string[]? Overridden = null);

internal sealed record ModeClearedData(string Scope, string[]? Overridden = null);

internal sealed record EdgeModeSetData(string Edge, string Scope, OperatorMode Mode, DateTimeOffset DecidedAt, DateTimeOffset? ExpiresAt = null, string[]? Overridden = null, string? Change = null);

internal sealed record EdgeModeClearedData(string Edge, string Scope, DateTimeOffset DecidedAt, string[]? Overridden = null, string? Change = null);

internal sealed record ChangeRefusedData(string Scope, OperatorMode? Mode, string[] Rules);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ModeSetData))]
[JsonSerializable(typeof(ModeClearedData))]
[JsonSerializable(typeof(EdgeModeSetData))]
[JsonSerializable(typeof(EdgeModeClearedData))]
[JsonSerializable(typeof(ChangeRefusedData))]
internal sealed partial class OpsJson : JsonSerializerContext;

// A checkpoint of a newer version may hold what an older one must not pass over: an unknown member makes it unreadable, and the records are read instead.
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(OpsState))]
internal sealed partial class OpsStateJson : JsonSerializerContext;

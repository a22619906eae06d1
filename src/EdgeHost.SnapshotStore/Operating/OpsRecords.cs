using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeHost.SnapshotStore.Journals;

namespace EdgeHost.SnapshotStore.Operating;

/// <summary>The records of the journal <c>ops</c>, and how to draft them.</summary>
public static class OpsRecords
{
    internal const string ModeSetType = "mode-set";
    internal const string ModeClearedType = "mode-cleared";

    /// <summary>Set a mode on a scope. <see cref="OperatorMode.Auto"/> on a site holds against another mode that is set for all. A reader that does not know the scope stops at it.</summary>
    public static RecordDraft ModeSet(OverrideScope scope, OperatorMode mode, DateTimeOffset? expiresAt, string actor, string reason) =>
        new(ModeSetType, true, actor, reason, JsonSerializer.SerializeToElement(new ModeSetData(scope.ToString(), mode, expiresAt), OpsJson.Default.ModeSetData));

    /// <summary>End what was set on a scope.</summary>
    public static RecordDraft ModeCleared(OverrideScope scope, string actor, string reason) =>
        new(ModeClearedType, true, actor, reason, JsonSerializer.SerializeToElement(new ModeClearedData(scope.ToString()), OpsJson.Default.ModeClearedData));
}

internal sealed record ModeSetData(string Scope, OperatorMode Mode, DateTimeOffset? ExpiresAt = null);

internal sealed record ModeClearedData(string Scope);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ModeSetData))]
[JsonSerializable(typeof(ModeClearedData))]
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

using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeHost.SnapshotStore.Journals;
using EdgeHost.SnapshotStore.Operating;
using EdgeHost.SnapshotStore.Publishing;

namespace EdgeHost.Replicas;

/// <summary>What the edge last knew of the store, on its own disk: enough to start and go on without it, and to notice later that it is not the same any more.</summary>
/// <param name="Format">1.</param>
/// <param name="Store">The store's id.</param>
/// <param name="PublishHead">How far the journal <c>publish</c> was followed.</param>
/// <param name="Publish">What it added up to.</param>
/// <param name="PublishSkipped">Whether a record in it was passed over.</param>
/// <param name="OpsHead">How far the journal <c>ops</c> was followed.</param>
/// <param name="Ops">What it added up to.</param>
/// <param name="OpsSkipped">Whether a record in it was passed over.</param>
internal sealed record ReplicaState(
    int Format, string Store, JournalHead PublishHead, JsonElement Publish, bool PublishSkipped, JournalHead OpsHead, JsonElement Ops, bool OpsSkipped)
{
    public const int CurrentFormat = 1;

    // Of thousands of sites: read once, and not each time that somebody looks whether it can be.
    private JournalView<PublishState>? publishView;
    private JournalView<OpsState>? opsView;

    public static ReplicaState Of(string store, JournalView<PublishState> publish, JournalView<OpsState> ops) => new(
        CurrentFormat,
        store,
        publish.Head,
        JsonSerializer.SerializeToElement(publish.State, PublishState.Json),
        publish.Skipped,
        ops.Head,
        JsonSerializer.SerializeToElement(ops.State, OpsState.Json),
        ops.Skipped);

    /// <exception cref="JsonException">Another version wrote it.</exception>
    public JournalView<PublishState> PublishView() => publishView ??= new(PublishHead, Publish.Deserialize(PublishState.Json) ?? throw new JsonException("publish is null"), PublishSkipped, null);

    /// <inheritdoc cref="PublishView"/>
    public JournalView<OpsState> OpsView() => opsView ??= new(OpsHead, Ops.Deserialize(OpsState.Json) ?? throw new JsonException("ops is null"), OpsSkipped, null);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ReplicaState))]
internal sealed partial class ReplicaJson : JsonSerializerContext;

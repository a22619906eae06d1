using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeHost.SnapshotStore.Journals;
using EdgeHost.SnapshotStore.Operating;
using EdgeHost.SnapshotStore.Tests.Publishing;

namespace EdgeHost.SnapshotStore.Tests.Operating;

public sealed partial class OpsStateTests
{
    [Theory]
    [InlineData("all", true)]
    [InlineData("site:nova", true)]
    [InlineData("origin:platform", false)]
    [InlineData("group:gold", false)]
    [InlineData("site:nova/shop", false)]
    public void The_first_version_reads_no_state_with_a_scope_that_it_does_not_know(string scope, bool readable)
    {
        var state = JsonSerializer.Serialize(Apply(OpsState.Empty, Set(scope)), OpsState.Json);

        var first = Record.Exception(() => JsonSerializer.Deserialize(state, FirstVersionJson.Default.FirstVersion));

        Assert.Equal(readable, first is null);
        Assert.Equal([scope], JsonSerializer.Deserialize(state, OpsState.Json)!.Held(Some.Time).Select(held => held.Scope.ToString()));
    }

    [Fact]
    public void What_is_cleared_leaves_nothing_behind()
    {
        var state = Apply(Apply(OpsState.Empty, Set("group:gold")), OpsRecords.ModeCleared(Scope("group:gold"), "tester", "why"));
        Assert.Equal(JsonSerializer.Serialize(OpsState.Empty, OpsState.Json), JsonSerializer.Serialize(state, OpsState.Json));
    }

    [Fact]
    public void What_is_set_for_one_edge_stands_there_before_what_is_set_for_all_on_the_same_scope()
    {
        var here = new ModeOverride(OperatorMode.Maintenance, "tester", Some.Time, "why", Some.Time.AddHours(1));
        var state = Apply(Apply(OpsState.Empty, Set("site:nova")), OpsRecords.EdgeModeSet("here", Scope("site:nova"), here));

        Assert.Equal(new HeldOverride(Scope("site:nova"), here, IsLocal: true), Assert.Single(state.InForceOn("here", Some.Time)));
        Assert.Equal(OperatorMode.Snapshot, Assert.Single(state.InForceOn("there", Some.Time)).Override.Mode);
        Assert.Equal(OperatorMode.Snapshot, Assert.Single(state.InForceOn("here", Some.Time.AddHours(1))).Override.Mode);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(JsonSerializer.Serialize(state, OpsState.Json), FirstVersionJson.Default.FirstVersion));

        var ended = Apply(state, OpsRecords.EdgeModeCleared("here", Scope("site:nova"), Some.Time, "tester", "why"));
        Assert.Null(ended.EdgeOverrides);
    }

    [Fact]
    public void The_last_changes_that_an_edge_has_told_of_are_known()
    {
        var state = OpsState.Empty;
        for (var n = 0; n < 40; n++)
        {
            state = Apply(state, n % 2 == 0
                ? OpsRecords.EdgeModeSet("here", Scope("all"), new ModeOverride(OperatorMode.Live, "tester", Some.Time, "why"), change: $"change-{n}")
                : OpsRecords.EdgeModeCleared("here", Scope("all"), Some.Time, "tester", "why", change: $"change-{n}"));
        }

        Assert.Equal(Enumerable.Range(8, 32).Select(n => $"change-{n}"), state.EdgeChanges!["here"]);
        Assert.Equal((true, false, false), (state.Knows("here", "change-39"), state.Knows("here", "change-7"), state.Knows("there", "change-39")));
        Assert.True(JsonSerializer.Deserialize(JsonSerializer.Serialize(state, OpsState.Json), OpsState.Json)!.Knows("here", "change-8"));
    }

    [Fact]
    public void A_scope_that_nobody_knows_stops_the_reader()
    {
        var draft = Set("all") with { Data = JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["scope"] = "region:north", ["mode"] = "live" }) };
        Assert.True(draft.MustUnderstand);
        Assert.Null(OpsState.Empty.Apply(PublishStateTests.Record(draft, 1, Some.Time)));
    }

    private static RecordDraft Set(string scope) => OpsRecords.ModeSet(Scope(scope), OperatorMode.Snapshot, null, "tester", "why");

    private static OverrideScope Scope(string text) => OverrideScope.TryParse(text, out var scope) ? scope : throw new FormatException(text);

    private static OpsState Apply(OpsState state, RecordDraft draft) => state.Apply(PublishStateTests.Record(draft, 1, Some.Time))!;

    // As version 1 reads a checkpoint: it knew one member, and refused others.
    internal sealed record FirstVersion(Dictionary<string, JsonElement> Overrides);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
    [JsonSerializable(typeof(FirstVersion))]
    internal sealed partial class FirstVersionJson : JsonSerializerContext;
}

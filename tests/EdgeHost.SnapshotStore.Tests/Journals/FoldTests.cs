using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using EdgeHost.SnapshotStore.Journals;
using EdgeHost.SnapshotStore.Operating;
using EdgeHost.SnapshotStore.Publishing;
using EdgeHost.SnapshotStore.Sites;
using EdgeHost.SnapshotStore.Tests.Publishing;

namespace EdgeHost.SnapshotStore.Tests.Journals;

public sealed class FoldTests
{
    private static readonly string[] Scopes = ["all", "site:s1", "site:s2", "site:s1/a", "group:g1", "origin:o1"];

    private static readonly Gen<RecordDraft> PublishDrafts = Gen.Select(Gen.Int[0, 3], Gen.Int[1, 6], Gen.Int[0, 6], Gen.Bool, Gen.Int[0, 2]).Select((kind, snapshot, replaces, pin, site) =>
    {
        var id = SiteId.Parse($"s{site}");
        return kind switch
        {
            0 => PublishRecords.Staged(id, Some.Reference(snapshot), "tester", "why"),
            1 => PublishRecords.Unpinned(id, "tester", "why"),
            2 => PublishRecords.ExportFailed(id, "tester", "why"),
            _ => PublishRecords.Activated(id, Some.Reference(snapshot), replaces == 0 ? null : Some.Snapshot(replaces), pin, "tester", null),
        };
    });

    private static readonly Gen<RecordDraft> OpsDrafts = Gen.Select(Gen.Int[0, 3], Gen.Int[0, Scopes.Length - 1], Gen.Enum<OperatorMode>()).Select((kind, at, mode) =>
    {
        Assert.True(OverrideScope.TryParse(Scopes[at], out var scope));
        return kind switch
        {
            0 => OpsRecords.ModeCleared(scope, "tester", "why"),
            1 => OpsRecords.EdgeModeSet($"e{at % 2}", scope, new ModeOverride(mode, "tester", Some.Time), []),
            2 => OpsRecords.EdgeModeCleared($"e{at % 2}", scope, Some.Time, "tester", "why"),
            _ => OpsRecords.ModeSet(scope, mode, null, "tester", "why"),
        };
    });

    [Fact]
    public void A_fold_that_was_interrupted_by_a_checkpoint_gives_the_same() => Gen.Select(PublishDrafts.Array[1, 30], Gen.Int[0, 29]).Sample((drafts, at) => SameAcrossCheckpoint<PublishState>(drafts, at % drafts.Length), iter: 2_000);

    [Fact]
    public void So_does_that_of_the_operators() => Gen.Select(OpsDrafts.Array[1, 30], Gen.Int[0, 29]).Sample((drafts, at) => SameAcrossCheckpoint<OpsState>(drafts, at % drafts.Length), iter: 2_000);

    [Fact]
    public void What_is_active_was_named_by_an_activation_that_counted() => PublishDrafts.Array[1, 40].Sample(drafts =>
    {
        var state = Fold(PublishState.Empty, drafts, 0, drafts.Length);
        return state.Sites.Values.All(site => site.Active is null || (site.Find(site.Active.Snapshot) is not null && site.Retired.All(retired => retired.Reference.Snapshot != site.Active.Snapshot)))
            && state.Sites.Values.All(site => !site.Pinned || site.Active is not null);
    }, iter: 2_000);

    [Fact]
    public void A_checkpoint_of_a_newer_version_is_not_used()
    {
        var view = new JournalView<PublishState>(new JournalHead("store", 64, "hash"), Fold(PublishState.Empty, [Some.Activation(1, null)], 0, 1), false, null);
        Assert.NotNull(Checkpoint.TryRead<PublishState>(Checkpoint.Write(view)));
        var state = JsonSerializer.SerializeToNode(view.State, PublishState.Json)!.AsObject();
        state["takedowns"] = new JsonArray("what an older edge must not pass over");
        Assert.Null(Checkpoint.TryRead<PublishState>(Rewrite(view, state)));
        state.Remove("takedowns");
        Assert.NotNull(Checkpoint.TryRead<PublishState>(Rewrite(view, state)));
        state["sites"]!["nova"]!["takedowns"] = new JsonArray();
        Assert.Null(Checkpoint.TryRead<PublishState>(Rewrite(view, state)));
    }

    [Fact]
    public void A_mutated_checkpoint_is_never_taken_for_another_state()
    {
        var view = new JournalView<PublishState>(new JournalHead("store", 64, "hash"), Fold(PublishState.Empty, [Some.Activation(1, null), Some.Activation(2, 1)], 0, 2), false, null);
        var content = Checkpoint.Write(view);
        var state = Encoding.UTF8.GetString(Checkpoint.Write(view));
        Gen.Select(Gen.Int[0, content.Length - 1], Gen.Byte).Sample((place, with) =>
        {
            var mutated = content.ToArray();
            mutated[place] = with;
            return Checkpoint.TryRead<PublishState>(mutated) is not { } read || Encoding.UTF8.GetString(Checkpoint.Write(read with { Head = view.Head })) == state;
        }, iter: 20_000);
    }

    [Fact]
    public void Mutated_data_are_known_or_not_and_nothing_else() => Gen.Select(PublishDrafts, Gen.Int[0, 1000], Gen.Byte).Sample((draft, place, with) =>
    {
        var data = Encoding.UTF8.GetBytes(draft.Data.GetRawText());
        data[place % data.Length] = with;
        JsonElement parsed;
        try
        {
            parsed = JsonDocument.Parse(data).RootElement;
        }
        catch (JsonException)
        {
            return true;
        }

        var after = PublishState.Empty.Apply(PublishStateTests.Record(draft with { Data = parsed }, 1, Some.Time));
        return after is null || after.Sites.Count == 1;
    }, iter: 20_000);

    private static bool SameAcrossCheckpoint<TState>(RecordDraft[] drafts, int at)
        where TState : class, IJournalState<TState>
    {
        var whole = Fold(TState.Empty, drafts, 0, drafts.Length);
        var half = new JournalView<TState>(new JournalHead("store", at, "hash"), Fold(TState.Empty, drafts, 0, at), false, null);
        var read = Checkpoint.TryRead<TState>(Checkpoint.Write(half))!;
        return read.Head == half.Head && Json(Fold(read.State, drafts, at, drafts.Length)) == Json(whole);
    }

    private static TState Fold<TState>(TState state, RecordDraft[] drafts, int from, int to)
        where TState : class, IJournalState<TState>
    {
        for (var n = from; n < to; n++)
        {
            state = state.Apply(PublishStateTests.Record(drafts[n], n + 1, Some.Time.AddHours(n)))!;
        }

        return state;
    }

    private static string Json<TState>(TState state)
        where TState : class, IJournalState<TState> => JsonSerializer.Serialize(state, TState.Json);

    private static byte[] Rewrite(JournalView<PublishState> view, JsonObject state)
    {
        var checkpoint = JsonNode.Parse(Checkpoint.Write(view))!.AsObject();
        var raw = Encoding.UTF8.GetBytes(state.ToJsonString());
        checkpoint["state"] = state.DeepClone();
        checkpoint["stateHash"] = Blobs.BlobHash.Of(raw).Text;
        return Encoding.UTF8.GetBytes(checkpoint.ToJsonString());
    }
}

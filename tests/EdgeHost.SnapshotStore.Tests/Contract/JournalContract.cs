using System.Globalization;
using System.Text;
using System.Text.Json;
using EdgeHost.SnapshotStore.Identity;
using EdgeHost.SnapshotStore.Journals;
using EdgeHost.SnapshotStore.Operating;
using EdgeHost.SnapshotStore.Publishing;

namespace EdgeHost.SnapshotStore.Tests.Contract;

/// <summary>What a journal does on every store.</summary>
public abstract class JournalContract : IAsyncLifetime
{
    private const int Writers = 20;
    private const int RecordsEach = 4;

    private string id = "";

    protected StoreUnderTest Under { get; private set; } = null!;

    private ISnapshotStore Store { get; set; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Under = await CreateAsync();
        Store = Under.Open();
        id = (await StoreIdentity.InitAsync(Store, TimeProvider.System, Cancel)).Identity.Id;
    }

    public async ValueTask DisposeAsync()
    {
        if (Under is not null)
        {
            await Under.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    protected abstract Task<StoreUnderTest> CreateAsync();

    [Fact]
    public async Task Has_one_identity_among_many_inits()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => StoreIdentity.InitAsync(Under.Open(), TimeProvider.System, Cancel)));
        Assert.All(all, one => Assert.Equal((id, false), (one.Identity.Id, one.Created)));
    }

    [Fact]
    public async Task Twenty_writers_at_once_lose_no_record_and_make_no_duplicate() => await RaceAsync(Under.Open);

    [Fact]
    public async Task Nor_do_they_when_answers_are_lost_after_the_store_has_committed()
    {
        await RaceAsync(Under.OpenLosingReplies);
        Assert.True(Under.LostReplies > Writers, $"only {Under.LostReplies} answers were lost, so this has tested little");
    }

    [Fact]
    public async Task A_newcomer_reads_the_newest_checkpoint_and_the_tail_and_gets_the_same()
    {
        var journal = Journal<PublishState>(Store);
        var view = journal.Start(id);
        for (var n = 1; n <= 130; n++)
        {
            (view, _) = await journal.AppendAsync(view, _ => Some.Activation(n, n == 1 ? null : n - 1), Cancel);
        }

        var reads = new List<string>();
        var newcomer = await Journal<PublishState>(new WatchedStore(Under.Open()) { Opening = reads.Add }).OpenAsync(id, Cancel);
        var fromStart = await journal.CatchUpAsync(journal.Start(id), Cancel);
        Assert.Equal(StateOf(fromStart), StateOf(newcomer));
        Assert.Equal(view.Head, newcomer.Head);
        Assert.Contains(StoreKeys.Checkpoint("publish", 128), reads);
        Assert.DoesNotContain(StoreKeys.Record("publish", 127), reads);
    }

    [Fact]
    public async Task A_damaged_checkpoint_is_passed_over()
    {
        var journal = Journal<PublishState>(Store);
        var view = await AppendAsync(journal, 130);
        var key = StoreKeys.Checkpoint("publish", 128);
        var content = (await Store.ReadAsync(key, Cancel))!;
        var text = Encoding.UTF8.GetString(content);
        await Under.OverwriteAsync(key, Encoding.UTF8.GetBytes(text.Replace("\"pinned\":false", "\"pinned\":true ", StringComparison.Ordinal)));
        Assert.Equal(StateOf(view), StateOf(await journal.OpenAsync(id, Cancel)));
        await Under.OverwriteAsync(key, content[..200]);
        Assert.Equal(StateOf(view), StateOf(await journal.OpenAsync(id, Cancel)));
    }

    [Fact]
    public async Task An_emptied_store_is_damaged_for_those_who_knew_it()
    {
        var journal = Journal<PublishState>(Store);
        var view = await AppendAsync(journal, 2);
        await Under.DeleteAsync(StoreKeys.Record("publish", 1));
        await Under.DeleteAsync(StoreKeys.Record("publish", 2));
        await Under.DeleteAsync(StoreKeys.Identity);
        await DamagedAsync(() => journal.VerifyAsync(view.Head, Cancel), "store.json is gone");
        await DamagedAsync(() => journal.AppendAsync(view, _ => Some.Activation(3, 2), Cancel), "store.json is gone");
        Assert.Null(await Store.OpenAsync(StoreKeys.Record("publish", 3), Cancel));
    }

    [Fact]
    public async Task A_store_made_anew_is_damaged_for_those_who_knew_the_old_one()
    {
        var journal = Journal<PublishState>(Store);
        var view = journal.Start(id);
        await Under.DeleteAsync(StoreKeys.Identity);
        await StoreIdentity.InitAsync(Store, TimeProvider.System, Cancel);
        await DamagedAsync(() => journal.VerifyAsync(view.Head, Cancel), "another store");
        await DamagedAsync(() => journal.AppendAsync(view, _ => Some.Activation(1, null), Cancel), "another store");
    }

    [Fact]
    public async Task A_last_record_that_has_changed_or_gone_is_damage()
    {
        var journal = Journal<PublishState>(Store);
        var view = await AppendAsync(journal, 2);
        var key = StoreKeys.Record("publish", 2);
        var content = (await Store.ReadAsync(key, Cancel))!;
        await Under.OverwriteAsync(key, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(content).Replace("tester", "tested", StringComparison.Ordinal)));
        await DamagedAsync(() => journal.VerifyAsync(view.Head, Cancel), "has changed");
        await Under.DeleteAsync(key);
        await DamagedAsync(() => journal.VerifyAsync(view.Head, Cancel), "is gone");
    }

    [Fact]
    public async Task An_earlier_record_that_has_changed_breaks_the_chain()
    {
        var journal = Journal<PublishState>(Store);
        await AppendAsync(journal, 3);
        var key = StoreKeys.Record("publish", 2);
        var content = (await Store.ReadAsync(key, Cancel))!;
        await Under.OverwriteAsync(key, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(content).Replace("tester", "tested", StringComparison.Ordinal)));
        await DamagedAsync(() => journal.OpenAsync(id, Cancel), "does not follow");
        await Under.OverwriteAsync(key, content[..50]);
        await DamagedAsync(() => journal.OpenAsync(id, Cancel), "can't be read");
    }

    [Fact]
    public async Task A_lost_record_is_damage_and_its_place_is_not_taken()
    {
        var journal = Journal<PublishState>(Store);
        await AppendAsync(journal, 4);
        await Under.DeleteAsync(StoreKeys.Record("publish", 3));
        await DamagedAsync(() => journal.OpenAsync(id, Cancel), "000000000003 is gone");
    }

    [Fact]
    public async Task A_required_record_of_a_newer_version_stops_reading_and_appending()
    {
        var journal = Journal<PublishState>(Store);
        var view = await AppendAsync(journal, 1);
        await ForgeAsync(view, "taken-down", mustUnderstand: true);
        view = await journal.CatchUpAsync(view, Cancel);
        Assert.Equal(1, view.Head.Number);
        Assert.Contains("taken-down", view.Blocked, StringComparison.Ordinal);
        Assert.Equal(view, await journal.CatchUpAsync(view, Cancel));
        Assert.NotNull((await journal.OpenAsync(id, Cancel)).Blocked);
        var exception = await Assert.ThrowsAsync<StoreException>(() => journal.AppendAsync(view, _ => Some.Activation(2, 1), Cancel));
        Assert.Equal(StoreFailure.Invalid, exception.Failure);
    }

    [Fact]
    public async Task A_record_of_a_newer_format_that_can_be_told_by_its_format_alone_stops_reading()
    {
        var journal = Journal<PublishState>(Store);
        var view = await AppendAsync(journal, 1);
        await Store.CreateAsync(StoreKeys.Record("publish", 2), """{"format":2,"everything":"else has changed"}"""u8.ToArray(), Cancel);
        view = await journal.CatchUpAsync(view, Cancel);
        Assert.Contains("format 2", view.Blocked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_record_of_a_newer_version_is_passed_over_and_no_checkpoint_is_written_from_then_on()
    {
        var journal = Journal<PublishState>(Store);
        var view = await AppendAsync(journal, 1);
        await ForgeAsync(view, "praised", mustUnderstand: false);
        view = await journal.CatchUpAsync(view, Cancel);
        Assert.Equal((2, true, null), (view.Head.Number, view.Skipped, view.Blocked));
        for (var n = 2; n <= 70; n++)
        {
            (view, _) = await journal.AppendAsync(view, _ => Some.Activation(n, n - 1), Cancel);
        }

        await foreach (var key in Store.ListAsync(StoreKeys.Checkpoints("publish"), Cancel))
        {
            Assert.Fail($"{key} was written without record 2");
        }
    }

    [Fact]
    public async Task A_record_that_could_not_be_read_back_is_not_appended()
    {
        var journal = Journal<PublishState>(Store);
        var draft = new RecordDraft("activated", true, "tester", null, JsonDocument.Parse("{}").RootElement);
        await Assert.ThrowsAsync<ArgumentException>(() => journal.AppendAsync(journal.Start(id), _ => draft, Cancel));
        Assert.Null(await Store.OpenAsync(StoreKeys.Record("publish", 1), Cancel));
    }

    [Fact]
    public async Task An_undecided_race_is_tried_again_until_it_is_decided()
    {
        var contended = 3;
        var store = new WatchedStore(Store) { Creating = _ => contended-- > 0 ? CreateOutcome.Contended : null };
        var (view, record) = await Journal<PublishState>(store).AppendAsync(Journal<PublishState>(store).Start(id), _ => Some.Activation(1, null), Cancel);
        Assert.Equal(1, view.Head.Number);
        Assert.Equal(record!.Id, (await ReadAllAsync<PublishState>()).Single().Id);
    }

    [Fact]
    public async Task A_store_that_neither_takes_nor_shows_a_record_is_unreachable_and_says_that_nothing_is_known()
    {
        var store = new WatchedStore(Store) { Creating = _ => CreateOutcome.Contended };
        var exception = await Assert.ThrowsAsync<StoreException>(() => Journal<PublishState>(store).AppendAsync(Journal<PublishState>(store).Start(id), _ => Some.Activation(1, null), Cancel));
        Assert.Equal(StoreFailure.Unreachable, exception.Failure);
        Assert.Contains("unknown", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_may_be_withdrawn_when_others_were_first()
    {
        var journal = Journal<PublishState>(Store);
        var old = journal.Start(id);
        await AppendAsync(journal, 1);
        var (view, record) = await journal.AppendAsync(old, state => state.Of(Some.Site).Active is null ? Some.Activation(2, null) : null, Cancel);
        Assert.Null(record);
        Assert.Equal(1, view.Head.Number);
    }

    private async Task RaceAsync(Func<ISnapshotStore> open)
    {
        var appended = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var journal = Journal<OpsState>(open());
            var view = journal.Start(id);
            var mine = new List<JournalRecord>();
            for (var n = 0; n < RecordsEach; n++)
            {
                (view, var record) = await journal.AppendAsync(view, _ => Some.Mode($"s{writer}", $"{writer}/{n}"), Cancel);
                mine.Add(record!);
            }

            return mine;
        })));

        var all = await ReadAllAsync<OpsState>();
        Assert.Equal(Writers * RecordsEach, all.Count);
        Assert.Equal(Enumerable.Range(1, Writers * RecordsEach).Select(n => (long)n), all.Select(record => record.Number));
        Assert.Equal(Reasons(appended.SelectMany(records => records)), Reasons(all));
        Assert.Equal(Writers * RecordsEach, all.Select(record => record.Reason).Distinct().Count());
        foreach (var mine in appended.SelectMany(records => records))
        {
            Assert.Equal(mine.Id, all[(int)mine.Number - 1].Id);
        }
    }

    private static List<string> Reasons(IEnumerable<JournalRecord> records) =>
        [.. records.Select(record => string.Create(CultureInfo.InvariantCulture, $"{record.Number}: {record.Reason}")).Order(StringComparer.Ordinal)];

    private async Task<List<JournalRecord>> ReadAllAsync<TState>()
        where TState : class, IJournalState<TState>
    {
        var records = new List<JournalRecord>();
        await foreach (var record in Journal<TState>(Store).RecordsAsync(id, Cancel))
        {
            records.Add(record);
        }

        return records;
    }

    private async Task<JournalView<PublishState>> AppendAsync(Journal<PublishState> journal, int count)
    {
        var view = journal.Start(id);
        for (var n = 1; n <= count; n++)
        {
            (view, _) = await journal.AppendAsync(view, _ => Some.Activation(n, n == 1 ? null : n - 1), Cancel);
        }

        return view;
    }

    private async Task ForgeAsync(JournalView<PublishState> view, string type, bool mustUnderstand)
    {
        var record = new JournalRecord
        {
            Format = 1,
            Store = id,
            Number = view.Head.Number + 1,
            Id = "x",
            Previous = view.Head.Hash,
            At = Some.Time,
            Actor = "the future",
            Type = type,
            MustUnderstand = mustUnderstand,
            Data = JsonDocument.Parse("{}").RootElement,
        };
        await Store.CreateAsync(StoreKeys.Record("publish", record.Number), RecordFile.Write(record), Cancel);
    }

    private static async Task DamagedAsync(Func<Task> act, string why)
    {
        var exception = await Assert.ThrowsAsync<StoreException>(act);
        Assert.Equal(StoreFailure.Damaged, exception.Failure);
        Assert.Contains(why, exception.Message, StringComparison.Ordinal);
    }

    private static Journal<TState> Journal<TState>(ISnapshotStore store)
        where TState : class, IJournalState<TState> => new(store, TimeProvider.System);

    private static string StateOf(JournalView<PublishState> view) => Encoding.UTF8.GetString(Checkpoint.Write(view));
}

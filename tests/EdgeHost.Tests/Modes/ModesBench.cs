using EdgeHost.Following;
using EdgeHost.Modes;
using EdgeHost.Replicas;
using EdgeHost.Sites;
using EdgeHost.SnapshotStore.Journals;
using EdgeHost.SnapshotStore.Operating;
using EdgeHost.SnapshotStore.Publishing;
using EdgeHost.Tests.FrontDoor;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Tests.Modes;

/// <summary>Modes on one edge whose clock a test moves; a restart is another bench on the same files.</summary>
internal sealed class ModesBench : IDisposable
{
    public const string Edge = "0123456789abcdef0123456789abcdef";

    private readonly ReplicaFiles files;

    private ModesBench(Scratch scratch, TestStore store, FakeTimeProvider clock, SiteTableOptions sites)
    {
        files = new ReplicaFiles(new ReplicaLayout(scratch["data"]), NullLogger<ReplicaFiles>.Instance);
        View = new StoreView(store.Store, files, clock);
        Local = new LocalModes(View, files, new EdgeIdentity(Edge), new Logger<LocalModes>(new LoggerFactory([Log])));
        Tables = new SiteTableState(sites, clock);
        Loop = new ModeLoop(Local, Tables, clock, NullLogger<ModeLoop>.Instance);
        Changes = new ModeChanges(View, Local, Loop, Tables, clock, NullLogger<ModeChanges>.Instance);
    }

    public CollectedLog Log { get; } = new();

    public StoreView View { get; }

    public LocalModes Local { get; }

    public SiteTableState Tables { get; }

    public ModeLoop Loop { get; }

    public ModeChanges Changes { get; }

    /// <summary>The mode of the first site.</summary>
    public OperatorMode Mode => Tables.Current.Sites[0].State.Mode.Mode;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="scratch">What lies on the disk.</param>
    /// <param name="store">The store.</param>
    /// <param name="clock">The edge's clock.</param>
    /// <param name="sites">The sites; one, where nothing else is said.</param>
    /// <param name="known">What the edge has known of the journal before; null for nothing.</param>
    public static async Task<ModesBench> StartAsync(Scratch scratch, TestStore store, FakeTimeProvider clock, SiteTableOptions? sites = null, OpsState? known = null)
    {
        var bench = new ModesBench(scratch, store, clock, sites ?? Some.Options());
        if (known is not null)
        {
            var publish = new JournalView<PublishState>(JournalHead.Start(store.Id), PublishState.Empty, false, null);
            Assert.True(await bench.files.TryWriteStateAsync(ReplicaState.Of(store.Id, publish, new JournalView<OpsState>(JournalHead.Start(store.Id), known, false, null)), Cancel));
        }

        await bench.View.RestoreAsync(Cancel);
        await bench.Local.RestoreAsync(Cancel);
        bench.Loop.Apply();
        return bench;
    }

    /// <summary>What the journal on the store adds up to.</summary>
    public async Task<OpsState> JournalAsync()
    {
        await View.CatchUpAsync(false, Cancel);
        return View.Journals!.Ops.State;
    }

    public void Dispose()
    {
        Loop.Dispose();
        Local.Dispose();
        View.Dispose();
    }
}

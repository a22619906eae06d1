using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Directories;
using EdgeHost.SnapshotStore.Identity;
using EdgeHost.SnapshotStore.Journals;
using EdgeHost.SnapshotStore.Operating;
using EdgeHost.SnapshotStore.Publishing;
using EdgeHost.SnapshotStore.Sites;
using EdgeHost.SystemTests.Edges;
using EdgeHost.SystemTests.Exports;
using EdgeHost.SystemTests.S3;

namespace EdgeHost.SystemTests.Stores;

/// <summary>A fresh store of either kind that the real programs use, and that can be taken away.</summary>
internal sealed class StoreUnderTest : IAsyncDisposable
{
    public const string Directory = "directory";
    public const string S3 = "s3";

    private readonly string? directory;
    private readonly S3Engine? engine;
    private readonly S3Bucket? bucket;

    private StoreUnderTest(string? directory, S3Engine? engine, S3Bucket? bucket)
    {
        this.directory = directory;
        this.engine = engine;
        this.bucket = bucket;
    }

    public ExportRun Export => bucket?.Export ?? new ExportRun(directory!);

    /// <summary>Creates one by <c>static-export init</c>. Where S3 is asked for and missing, the test is skipped.</summary>
    public static async Task<StoreUnderTest> CreateAsync(string kind, Scratch scratch, CancellationToken cancellationToken)
    {
        StoreUnderTest store;
        if (kind == S3)
        {
            var engine = S3Engine.Require();
            store = new StoreUnderTest(null, engine, await engine.CreateBucketAsync(cancellationToken));
        }
        else
        {
            store = new StoreUnderTest(scratch["store"], null, null);
        }

        await store.Export.SucceedAsync("init", cancellationToken);
        return store;
    }

    /// <summary>What the journal says of a site.</summary>
    public async Task<SitePublication> PublicationAsync(string site, CancellationToken cancellationToken)
    {
        var store = Open();
        var identity = await StoreIdentity.ReadAsync(store, cancellationToken);
        return (await new Journal<PublishState>(store, TimeProvider.System).OpenAsync(identity.Id, cancellationToken)).State.Of(SiteId.Parse(site));
    }

    /// <summary>What operators have decided, record by record from the first.</summary>
    public async Task<IReadOnlyList<JournalRecord>> DecisionsAsync(CancellationToken cancellationToken)
    {
        var store = Open();
        var identity = await StoreIdentity.ReadAsync(store, cancellationToken);
        var records = new List<JournalRecord>();
        await foreach (var record in new Journal<OpsState>(store, TimeProvider.System).RecordsAsync(identity.Id, cancellationToken))
        {
            records.Add(record);
        }

        return records;
    }

    public async Task<EdgeProcess> StartEdgeAsync(string directory, int originPort, string site, CancellationToken cancellationToken, Action<EdgeConfig>? change = null)
    {
        var config = new EdgeConfig(directory, bucket?.Location ?? this.directory!, originPort, site).Set("Store:ServiceUrl", engine?.Endpoint);
        change?.Invoke(config);
        return await EdgeProcess.StartAsync(config, cancellationToken, bucket?.Edge.Environment);
    }

    /// <summary>Nobody can reach it.</summary>
    public async Task GoAsync(CancellationToken cancellationToken)
    {
        if (engine is not null)
        {
            await engine.DownAsync(cancellationToken);
            return;
        }

        // A file in its place: root would read a directory whatever its mode.
        System.IO.Directory.Move(directory!, directory + ".away");
        await File.WriteAllTextAsync(directory!, "", cancellationToken);
    }

    public async Task ComeBackAsync(CancellationToken cancellationToken)
    {
        if (engine is not null)
        {
            await engine.UpAsync(cancellationToken);
            return;
        }

        File.Delete(directory!);
        System.IO.Directory.Move(directory + ".away", directory!);
    }

    private ISnapshotStore Open() => bucket?.Open() ?? new DirectorySnapshotStore(directory!);

    public async ValueTask DisposeAsync()
    {
        if (engine is not null)
        {
            await engine.DisposeAsync();
        }
    }
}

using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Directories;
using EdgeHost.SnapshotStore.Identity;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Publishing;
using StaticExport.Progress;
using StaticExport.Publish;
using StaticExport.Publishing;
using StaticExport.Reports;
using Xunit;

namespace StaticExport.Tests.Publish;

/// <summary>A store in a directory of its own, and exports into it as the command runs them.</summary>
internal sealed class ExportFixture : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("export-tests-").FullName;

    private ExportFixture() => Store = new DirectorySnapshotStore(directory);

    public DirectorySnapshotStore Store { get; }

    public static async Task<ExportFixture> CreateAsync()
    {
        var fixture = new ExportFixture();
        await StoreIdentity.InitAsync(fixture.Store, TimeProvider.System, TestContext.Current.CancellationToken);
        return fixture;
    }

    /// <summary>Exports the site <c>nova</c> at <c>https://nova.example</c>.</summary>
    /// <param name="origin">Where it is.</param>
    /// <param name="change">What is to be said besides.</param>
    public async Task<ExportReport> ExportAsync(Uri origin, Func<SiteFile, SiteFile>? change = null)
    {
        var file = new SiteFile { Site = "nova", Origin = origin.GetLeftPart(UriPartial.Authority), Host = "nova.example", Retries = 0, PageTimeout = "10s" };
        var (settings, faults) = new SettingsReading(change is null ? file : change(file)).Read();
        Assert.Empty(faults);
        return await new ExportRun(settings!, Store, "test", new CrawlProgress(), TimeProvider.System).RunAsync(TestContext.Current.CancellationToken);
    }

    public async Task<SitePublication> PublicationAsync()
    {
        var publishing = await PublishingStore.OpenAsync(Store, TimeProvider.System, TestContext.Current.CancellationToken);
        return publishing.View.State.Sites.GetValueOrDefault("nova", SitePublication.Empty);
    }

    public async Task<SnapshotManifest?> ActiveAsync()
    {
        var publishing = await PublishingStore.OpenAsync(Store, TimeProvider.System, TestContext.Current.CancellationToken);
        return await ActiveSnapshot.ReadAsync(publishing, EdgeHost.SnapshotStore.Sites.SiteId.Parse("nova"), TestContext.Current.CancellationToken);
    }

    public async Task<byte[]> BodyAsync(ManifestEntry entry) =>
        (await Store.ReadAsync(StoreKeys.Blob(EdgeHost.SnapshotStore.Sites.SiteId.Parse("nova"), entry.Bodies.Single(body => body.Coding == ContentCoding.Identity).Hash), TestContext.Current.CancellationToken))!;

    public void Dispose() => Directory.Delete(directory, recursive: true);
}

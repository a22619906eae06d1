using System.Text.Json;
using EdgeHost.SystemTests.Exports;
using EdgeHost.SystemTests.S3;

namespace EdgeHost.SystemTests.Wikis;

/// <summary>The wiki, exported once into the real S3 by a user with the exporter's rights alone, for all scenarios that need it.</summary>
public sealed class ExportedWiki : IAsyncDisposable
{
    internal const string Site = "wiki";
    internal const string Host = "wiki.example";

    // DokuWiki puts the time into the address of an image at the end of each page and into its feeds.
    internal const string VolatileAddress = @"taskrunner\.php\?id=[^""]*&amp;\d+";
    internal const string VolatileDate = "<lastBuildDate>[^<]*</lastBuildDate>";

    private S3Engine? engine;
    private Wiki? wiki;
    private Scratch? scratch;

    internal S3Engine Engine => engine!;

    internal Wiki Wiki => wiki!;

    internal S3Bucket Bucket { get; private set; } = null!;

    internal StoredSnapshot Stored { get; private set; } = null!;

    /// <summary>What became of each URL, by key.</summary>
    internal IReadOnlyDictionary<string, JsonElement> Fates { get; private set; } = null!;

    /// <summary>What visitors may ask for at random: everything but the image that does the wiki's chores.</summary>
    internal IReadOnlyList<string> Targets => [.. Stored.Keys.Where(key => !key.StartsWith("/lib/exe/taskrunner.php", StringComparison.Ordinal))];

    /// <summary>Exports the wiki when nobody has yet. Where S3 or DokuWiki is missing, the test is skipped.</summary>
    internal async Task<ExportedWiki> ReadyAsync(CancellationToken cancellationToken)
    {
        engine ??= S3Engine.Require();
        wiki ??= await Wiki.StartAsync(cancellationToken);
        if (Stored is not null)
        {
            return this;
        }

        scratch ??= new Scratch();
        Bucket = await engine.CreateBucketAsync(cancellationToken);
        await Bucket.Export.SucceedAsync("init", cancellationToken);
        var report = await ExportAsync(cancellationToken);
        Fates = report.GetProperty("urls").EnumerateArray().ToDictionary(url => url.GetProperty("url").GetString()!, url => url);
        Stored = await StoredSnapshot.ReadAsync(Bucket.Open(), Site, cancellationToken);
        return this;
    }

    /// <summary>Runs the export job, and answers its report.</summary>
    internal async Task<JsonElement> ExportAsync(CancellationToken cancellationToken)
    {
        var file = scratch!["report.json"];
        await Bucket.Export.PublishAsync(Site, Wiki.Port, cancellationToken, "--exclude", "?do=*", "--volatile", VolatileAddress, "--volatile", VolatileDate, "--report", file);
        return JsonDocument.Parse(await File.ReadAllTextAsync(file, cancellationToken)).RootElement;
    }

    public async ValueTask DisposeAsync()
    {
        if (wiki is not null)
        {
            await wiki.DisposeAsync();
        }

        if (engine is not null)
        {
            await engine.DisposeAsync();
        }

        scratch?.Dispose();
    }
}

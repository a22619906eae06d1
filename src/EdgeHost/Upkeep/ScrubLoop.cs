using System.Security.Cryptography;
using EdgeHost.Following;
using EdgeHost.Replicas;
using EdgeHost.Sites;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.Upkeep;

/// <summary>
/// Reads the replica through, slowly, so that what the disk has damaged is mended while the store is there, and not found when it is gone. Visitors never get a damaged file meanwhile: what
/// goes out is checked too.
/// </summary>
internal sealed partial class ScrubLoop(
    ReplicaLayout layout, Replica replica, ReplicaFiles files, SnapshotLoader loader, SiteTableState tables, ReplicaOptions options, TimeProvider clock, ILogger<ScrubLoop> log) : BackgroundService
{
    private const int Chunk = 256 * 1024;

    // The start has other things to read.
    private static readonly TimeSpan FirstAfter = TimeSpan.FromMinutes(10);

    private volatile ScrubReport report = new(0, 0, 0, 0, null);

    public ScrubReport Report => report;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.ScrubMegabytesPerSecond == 0)
        {
            return;
        }

        await Task.Delay(FirstAfter, clock, stoppingToken);
        using var timer = new PeriodicTimer(options.ScrubInterval, clock);
        do
        {
            try
            {
                await ScrubAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // The top of a loop: it begins anew another time.
                LogBroken(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Reads all of it through once.</summary>
    public async Task ScrubAsync(CancellationToken cancellationToken)
    {
        var before = report;
        foreach (var name in ReplicaFile.Sites(layout))
        {
            var site = SiteId.TryParse(name, out var id) ? tables.Current.Find(id) : null;
            foreach (var file in ReplicaFile.Blobs(layout, name))
            {
                if (!await IsSoundAsync(file, cancellationToken))
                {
                    await MendAsync(file, site, cancellationToken);
                }

                report = report with { Checked = report.Checked + 1 };
            }

            if (site is not null)
            {
                await BringMissingAsync(site, cancellationToken);
            }
        }

        report = report with { CompletedAt = clock.GetUtcNow() };
        LogThrough(report.Checked - before.Checked, report.Damaged - before.Damaged, report.Missing - before.Missing, report.Repaired - before.Repaired);
    }

    private async Task<bool> IsSoundAsync(ReplicaFile file, CancellationToken cancellationToken)
    {
        try
        {
            using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using var content = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
            var chunk = new byte[(int)Math.Clamp(file.Length, 1, Chunk)];
            int read;
            while ((read = await content.ReadAsync(chunk, cancellationToken)) > 0)
            {
                sha.AppendData(chunk, 0, read);
                await Task.Delay(TimeSpan.FromSeconds(read / (options.ScrubMegabytesPerSecond * 1024.0 * 1024.0)), clock, cancellationToken);
            }

            return Convert.ToHexStringLower(sha.GetHashAndReset()) == file.Hash.Text;
        }
        catch (FileNotFoundException)
        {
            // Removed while we were on our way to it.
            return true;
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            LogUnreadable(e, file.Path);
            return false;
        }
    }

    private async Task MendAsync(ReplicaFile file, Site? site, CancellationToken cancellationToken)
    {
        report = report with { Damaged = report.Damaged + 1 };
        var references = site is null ? null : await SiteReferences.ReadAsync(site, replica, files, clock.GetUtcNow(), cancellationToken);
        if (references is not null && references.LengthOf(file.Hash) is { } length)
        {
            var outcome = await replica.RepairAsync(site!.Id, file.Hash, length, cancellationToken);
            LogDamaged(file.Path, outcome == FetchOutcome.Here ? "brought from the store" : "not to be had from the store now");
            report = report with { Repaired = report.Repaired + (outcome == FetchOutcome.Here ? 1 : 0) };
            return;
        }

        // It stays: as it is it is never served, and the budget removes what nobody needs.
        LogDamaged(file.Path, "not needed");
    }

    private async Task BringMissingAsync(Site site, CancellationToken cancellationToken)
    {
        if (site.State.Snapshot is not { } snapshot || loader.LeftOf(site).Bodies > 0 || await replica.LocalManifestAsync(site.Id, snapshot.Reference, cancellationToken) is not { } manifest)
        {
            return;
        }

        var plan = WarmPlan.Of(manifest, site.Replica);
        foreach (var body in plan.First.Concat(plan.Then).Where(body => !replica.Holds(site.Id, body, isUse: false)))
        {
            var outcome = await replica.FillAsync(site.Id, body.Hash, body.Length, cancellationToken);
            LogDamaged(layout.Blob(site.Id, body.Hash), outcome == FetchOutcome.Here ? "brought from the store" : "not to be had from the store now");
            report = report with { Missing = report.Missing + 1, Repaired = report.Repaired + (outcome == FetchOutcome.Here ? 1 : 0) };
        }
    }

    [LoggerMessage(EventId = 325, Level = LogLevel.Warning, Message = "{Path} in the replica was found damaged or gone: {What}")]
    private partial void LogDamaged(string path, string what);

    [LoggerMessage(EventId = 326, Level = LogLevel.Information, Message = "The replica was read through: {Checked} files, {Damaged} damaged, {Missing} missing, {Repaired} of them brought from the store")]
    private partial void LogThrough(long @checked, long damaged, long missing, long repaired);

    [LoggerMessage(EventId = 327, Level = LogLevel.Warning, Message = "{Path} in the replica could not be read through")]
    private partial void LogUnreadable(Exception e, string path);

    [LoggerMessage(EventId = 328, Level = LogLevel.Error, Message = "Reading the replica through has failed, and begins anew another time")]
    private partial void LogBroken(Exception e);
}

namespace EdgeHost.AccessLogs;

/// <summary>Writes the access log: takes what waits, writes it in one go, and waits for more.</summary>
internal sealed partial class AccessLogLoop(AccessLog accessLog, AccessLogOptions options, TimeProvider clock, ILogger<AccessLogLoop> log) : BackgroundService
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20);

    private bool failing;

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        accessLog.Complete();
        return ExecuteTask?.WaitAsync(cancellationToken) ?? Task.CompletedTask;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!accessLog.Enabled)
        {
            return;
        }

        await Task.Yield();
        using var file = new AccessLogFile(options.Path);
        var (reported, reportedAt) = (0L, clock.GetTimestamp());
        while (await accessLog.WaitAsync())
        {
            Write(file);
            if (accessLog.Dropped > reported && clock.GetElapsedTime(reportedAt) > ReportInterval)
            {
                LogDropped(accessLog.Dropped - reported);
                (reported, reportedAt) = (accessLog.Dropped, clock.GetTimestamp());
            }

            // Give it a moment, so that not every line is a write.
            await Task.Delay(Gather, clock, CancellationToken.None);
        }

        Write(file);
    }

    private void Write(AccessLogFile file)
    {
        try
        {
            foreach (var lines in accessLog.Take())
            {
                file.Write(lines.Span);
                failing = false;
            }
        }
        catch (Exception e)
        {
            // The top of a loop: a full disk, or whatever it is, must not stop the edge. The lines are lost, and said to be.
            if (!failing)
            {
                LogFailing(e, options.Path);
            }

            failing = true;
        }
    }

    [LoggerMessage(EventId = 400, Level = LogLevel.Error, Message = "The access log {Path} can't be written; its lines are lost until it can")]
    private partial void LogFailing(Exception e, string path);

    [LoggerMessage(EventId = 401, Level = LogLevel.Warning, Message = "{Count} lines of the access log were dropped, as they came faster than they could be written")]
    private partial void LogDropped(long count);
}

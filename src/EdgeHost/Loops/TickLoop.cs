namespace EdgeHost.Loops;

/// <summary>Does something at a fixed rate for as long as the edge runs. An exception ends neither the loop nor the edge, as one in a <see cref="BackgroundService"/> would.</summary>
/// <param name="interval">Between the beginnings of two ticks; one that is missed is not made up for.</param>
/// <param name="clock">The time.</param>
/// <param name="log">Where what went wrong is said.</param>
internal abstract partial class TickLoop(TimeSpan interval, TimeProvider clock, ILogger log) : BackgroundService
{
    private string? lastProblem;

    protected TimeProvider Clock => clock;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                Tick(stoppingToken);
                lastProblem = null;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // Said once, and not many times a second.
                if (lastProblem != e.Message)
                {
                    lastProblem = e.Message;
                    LogBroken(e, GetType().Name);
                }
            }
        }
    }

    /// <summary>What is done at each tick; it is not to wait.</summary>
    protected abstract void Tick(CancellationToken stopping);

    [LoggerMessage(EventId = 501, Level = LogLevel.Error, Message = "{Loop} has failed, and goes on")]
    private partial void LogBroken(Exception e, string loop);
}

using EdgeHost.Configuration;
using EdgeHost.Sites;
using Microsoft.Extensions.Primitives;

namespace EdgeHost;

/// <summary>Takes up changes of the configuration. A bad one is refused whole and said to be; the last good one stays in force.</summary>
internal sealed partial class ReloadLoop(IConfiguration configuration, ConfigurationFile file, SiteTableState tables, ILogger<ReloadLoop> log) : IHostedService, IDisposable
{
    private IDisposable? subscription;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        subscription = ChangeToken.OnChange(configuration.GetReloadToken, Reload);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => subscription?.Dispose();

    private void Reload()
    {
        var (options, errors) = EdgeConfiguration.Read(configuration);
        var before = tables.Current.Options;
        var gone = before.Sites.Keys.Except(options.Sites.Keys).Count();
        if (errors.Count == 0 && gone * 2 > before.Sites.Count)
        {
            // What a deployment tool does when it goes wrong. Restarting the edge is the way to say that it is meant.
            errors = [$"{ConfigurationErrors.Section}:Sites: {gone} of {before.Sites.Count} sites would be gone. If that is meant, restart the edge."];
        }

        if (file.TakeProblem() is { } unreadable)
        {
            // What else is wrong follows from that.
            errors = [unreadable];
        }

        if (errors.Count > 0)
        {
            tables.Refused = errors;
            LogRefused(string.Join(Environment.NewLine, errors));
            return;
        }

        tables.Apply(options);
        LogApplied(options.Sites.Count);
    }

    [LoggerMessage(EventId = 130, Level = LogLevel.Information, Message = "The configuration was read again: {Sites} sites")]
    private partial void LogApplied(int sites);

    [LoggerMessage(EventId = 131, Level = LogLevel.Error, Message = "The changed configuration is not used, the last good one stays in force: {Errors}")]
    private partial void LogRefused(string errors);
}

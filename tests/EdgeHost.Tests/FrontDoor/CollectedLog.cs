using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Tests.FrontDoor;

/// <summary>The edge's events.</summary>
internal sealed class CollectedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, int Id, string Message)> events = new();

    public IReadOnlyList<(LogLevel Level, int Id, string Message)> Events => [.. events];

    public ILogger CreateLogger(string categoryName) => new Collector(events);

    public void Dispose()
    {
    }

    private sealed class Collector(ConcurrentQueue<(LogLevel Level, int Id, string Message)> events) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            events.Enqueue((logLevel, eventId.Id, $"{formatter(state, exception)} {exception}"));
    }
}

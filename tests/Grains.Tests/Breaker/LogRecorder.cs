using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Grains.Tests.Breaker;

/// <summary>Records the log lines of this project's own grains.</summary>
internal sealed class LogRecorder : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, int Id, string Text)> _lines = new();

    public List<(LogLevel Level, string Text)> Lines(int id) =>
        [.. _lines.Where(line => line.Id == id).Select(line => (line.Level, line.Text))];

    public ILogger CreateLogger(string categoryName) => new Recorder(_lines);

    public void Dispose()
    {
    }

    private sealed class Recorder(ConcurrentQueue<(LogLevel Level, int Id, string Text)> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id is >= 1000 and < 2000)
            {
                lines.Enqueue((logLevel, eventId.Id, formatter(state, exception)));
            }
        }
    }
}

using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Slack.Tests;

/// <summary>Records everything that is logged, at every level.</summary>
internal sealed class LogRecorder : ILoggerProvider
{
    private readonly ConcurrentQueue<LogLine> _lines = new();

    public IReadOnlyList<LogLine> Lines => [.. _lines];

    /// <summary>The lines of one event.</summary>
    public IReadOnlyList<LogLine> Of(int id) => [.. _lines.Where(line => line.Id == id)];

    public ILogger CreateLogger(string categoryName) => new Recorder(categoryName, _lines);

    public void Dispose()
    {
    }

    private sealed class Recorder(string category, ConcurrentQueue<LogLine> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            lines.Enqueue(new(category, 0, LogLevel.None, $"{state}", []));
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            // A copy, because the state object is reused.
            KeyValuePair<string, object?>[] values = [.. state as IEnumerable<KeyValuePair<string, object?>> ?? []];
            var text = $"{formatter(state, exception)} {string.Join(' ', values)} {exception}";
            lines.Enqueue(new(category, eventId.Id, logLevel, text, values));
        }
    }
}

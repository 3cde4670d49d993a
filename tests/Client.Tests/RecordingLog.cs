using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Client.Tests;

/// <summary>Records the log entries of categories with a prefix; by default those of this project.</summary>
internal sealed class RecordingLog(string prefix = "CacheOrleans.") : ILoggerProvider
{
    private readonly string _prefix = prefix;
    private readonly ConcurrentQueue<(EventId Id, LogLevel Level, string Text, Exception? Exception)> _entries = new();

    public IReadOnlyCollection<(EventId Id, LogLevel Level, string Text, Exception? Exception)> Entries => _entries;

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(RecordingLog owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => category.StartsWith(owner._prefix, StringComparison.Ordinal);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                owner._entries.Enqueue((eventId, logLevel, formatter(state, exception), exception));
            }
        }
    }
}

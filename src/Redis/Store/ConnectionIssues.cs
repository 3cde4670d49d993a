using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace CacheOrleans.Redis.Store;

/// <summary>Remembers why the latest connection ended or could not be made.</summary>
/// <remarks>The driver's exceptions and events tell the first reason until there is a connection again: one that was
/// lost, but not that the server refuses the password of the next. Its log has them all. Thread-safe.</remarks>
internal sealed class ConnectionIssues : ILoggerFactory, ILogger
{
    private volatile RedisConnectionException? _latest;

    /// <summary>The latest; null when there was none, or the connection was restored since.</summary>
    public RedisConnectionException? Latest => _latest;

    /// <summary>There is a connection again.</summary>
    public void Clear() => _latest = null;

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter) => _latest = exception as RedisConnectionException ?? _latest;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void AddProvider(ILoggerProvider provider)
    {
        // Nothing is written.
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}

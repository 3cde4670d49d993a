using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace CacheOrleans.Redis.Store;

/// <summary>Remembers why the latest connection was lost or could not be made.</summary>
/// <remarks>Until there is a connection again, the driver's exceptions and events report only the first reason: that a
/// connection was lost, but not that the server rejects the password of the next one. The driver's log has all reasons,
/// so this class listens to that log. Thread-safe.</remarks>
internal sealed class ConnectionIssues : ILoggerFactory, ILogger
{
    private volatile RedisConnectionException? _latest;

    /// <summary>The latest failure; null when there was none, or the connection has been restored since.</summary>
    public RedisConnectionException? Latest => _latest;

    /// <summary>Forgets the latest failure: the connection is restored.</summary>
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
        // Nothing has to be released.
    }
}

using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Redis.Tests;

/// <summary>Keeps the event ids of log messages.</summary>
internal sealed class TestLogger<T> : ILogger<T>
{
    public ConcurrentQueue<int> Events { get; } = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter) => Events.Enqueue(eventId.Id);
}

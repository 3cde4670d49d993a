using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Diagnostics;

/// <summary>Writes the first warning or error of a kind, and counts those that follow.</summary>
/// <remarks>A kind is a level, an event, a message without its values, and a type of exception. What is no
/// warning or error is written as it comes.</remarks>
internal sealed class ThrottledLogger(ILogger inner, TimeProvider time) : ILogger
{
    /// <summary>The most kinds; messages beyond them are one kind for each level and type of exception.</summary>
    private const int MaxKinds = 200;

    private readonly ConcurrentDictionary<(LogLevel, EventId, string? Template, Type? Error), Series> _series = new();

    /// <inheritdoc />
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    /// <inheritdoc />
    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    /// <inheritdoc />
    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (logLevel is not (LogLevel.Warning or LogLevel.Error))
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
            return;
        }

        if (!IsEnabled(logLevel))
        {
            return;
        }

        var template = (state as IReadOnlyList<KeyValuePair<string, object?>>)?
            .FirstOrDefault(value => value.Key == "{OriginalFormat}").Value as string;
        var kind = (logLevel, eventId, template, exception?.GetType());
        if (!_series.TryGetValue(kind, out var series))
        {
            series = _series.GetOrAdd(
                _series.Count < MaxKinds ? kind : (logLevel, default, null, exception?.GetType()),
                static (_, time) => new(time),
                time);
        }

        var count = series.Repetition.Count();
        if (count == 1)
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
            return;
        }

        series.Last = exception is null
            ? formatter(state, exception)
            : $"{formatter(state, exception)} {exception.GetType().Name}: {exception.Message}";
        Tell(logLevel, eventId, count, series.Last);
    }

    /// <summary>Writes what was counted and is due, and forgets what has not happened for long.</summary>
    /// <param name="isEnd">Whether all that was counted is due.</param>
    public void TellLeft(bool isEnd = false)
    {
        foreach (var (kind, series) in _series)
        {
            var (level, id, _, _) = kind;
            Tell(level, id, isEnd ? series.Repetition.Rest() : series.Repetition.Due(), series.Last);
            if (series.Repetition.IsOver)
            {
                _series.TryRemove(KeyValuePair.Create(kind, series));
            }
        }
    }

    private void Tell(LogLevel level, EventId id, long count, string last)
    {
        if (count > 0)
        {
            inner.Log(
                level,
                id,
                (Count: count, Last: last),
                exception: null,
                static (state, _) => $"{state.Count} more like those before. The last one: {state.Last}");
        }
    }

    private sealed class Series(TimeProvider time)
    {
        public Repetition Repetition { get; } = new(time);

        public string Last { get; set; } = string.Empty;
    }
}

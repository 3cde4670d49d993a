using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Diagnostics;

/// <summary>Writes the first warning or error of a kind, and counts the following ones.</summary>
/// <remarks>A kind consists of a level, an event, a message without its values, and a type of exception. Messages of
/// other levels are written immediately.</remarks>
internal sealed class ThrottledLogger(ILogger inner, TimeProvider time) : ILogger
{
    /// <summary>The maximum number of kinds; further messages form one kind for each level and type of exception.
    /// </summary>
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
        WriteCount(logLevel, eventId, count, series.Last);
    }

    /// <summary>Writes the counts that are due, and forgets the kinds that have not occurred for long.</summary>
    /// <param name="isEnd">Whether all counts are due.</param>
    public void WriteCounts(bool isEnd = false)
    {
        foreach (var (kind, series) in _series)
        {
            var (level, id, _, _) = kind;
            WriteCount(level, id, isEnd ? series.Repetition.Rest() : series.Repetition.Due(), series.Last);
            if (series.Repetition.IsOver)
            {
                _series.TryRemove(KeyValuePair.Create(kind, series));
            }
        }
    }

    private void WriteCount(LogLevel level, EventId id, long count, string last)
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

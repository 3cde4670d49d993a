using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Diagnostics;

/// <summary>Makes loggers that tell what repeats as a count; those of this project decide that by themselves.</summary>
internal sealed class ThrottledLoggerFactory : ILoggerFactory
{
    /// <summary>How often it is looked after what is left to be told.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, ThrottledLogger> _loggers = new();
    private readonly ILoggerFactory _inner;
    private readonly TimeProvider _time;
    private readonly bool _ownsInner;
    private readonly ITimer _timer;

    public ThrottledLoggerFactory(ILoggerFactory inner, TimeProvider time, bool ownsInner)
    {
        (_inner, _time, _ownsInner) = (inner, time, ownsInner);
        _timer = time.CreateTimer(
            static factory => ((ThrottledLoggerFactory)factory!).TellLeft(), this, Period, Period);
    }

    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) =>
        categoryName.StartsWith("CacheOrleans.", StringComparison.Ordinal)
            ? _inner.CreateLogger(categoryName)
            : _loggers.GetOrAdd(
                categoryName,
                static (name, self) => new ThrottledLogger(self._inner.CreateLogger(name), self._time),
                this);

    /// <inheritdoc />
    public void AddProvider(ILoggerProvider provider) => _inner.AddProvider(provider);

    /// <inheritdoc />
    public void Dispose()
    {
        _timer.Dispose();
        if (_ownsInner)
        {
            _inner.Dispose();
        }
    }

    private void TellLeft()
    {
        foreach (var logger in _loggers.Values)
        {
            logger.TellLeft();
        }
    }
}

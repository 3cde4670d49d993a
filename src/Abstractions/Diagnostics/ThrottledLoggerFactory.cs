using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Diagnostics;

/// <summary>Creates loggers that write the repeated messages of Orleans and the drivers as a count.</summary>
internal sealed class ThrottledLoggerFactory : ILoggerFactory
{
    /// <summary>How often the counts that are due are written.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private static readonly string[] Prefixes = ["Orleans.", "Microsoft.Orleans.", "Npgsql", "StackExchange.Redis"];

    private readonly ConcurrentDictionary<string, ThrottledLogger> _loggers = new();
    private readonly ILoggerFactory _inner;
    private readonly TimeProvider _time;
    private readonly bool _ownsInner;
    private readonly ITimer _timer;

    public ThrottledLoggerFactory(ILoggerFactory inner, TimeProvider time, bool ownsInner)
    {
        (_inner, _time, _ownsInner) = (inner, time, ownsInner);
        _timer = time.CreateTimer(
            static factory => ((ThrottledLoggerFactory)factory!).WriteCounts(), this, Period, Period);
    }

    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) =>
        Prefixes.Any(prefix => categoryName.StartsWith(prefix, StringComparison.Ordinal))
            ? _loggers.GetOrAdd(
                categoryName,
                static (name, self) => new ThrottledLogger(self._inner.CreateLogger(name), self._time),
                this)
            : _inner.CreateLogger(categoryName);

    /// <inheritdoc />
    public void AddProvider(ILoggerProvider provider) => _inner.AddProvider(provider);

    /// <inheritdoc />
    public void Dispose()
    {
        _timer.Dispose();
        WriteCounts(isEnd: true);
        if (_ownsInner)
        {
            _inner.Dispose();
        }
    }

    private void WriteCounts(bool isEnd = false)
    {
        try
        {
            foreach (var logger in _loggers.Values)
            {
                logger.WriteCounts(isEnd);
            }
        }
        // This runs on a timer: a log that cannot be written must not end the process.
        catch (Exception)
        {
        }
    }
}

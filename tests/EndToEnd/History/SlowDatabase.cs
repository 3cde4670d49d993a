using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using CacheOrleans.Keys;
using CacheOrleans.Loading;
using CacheOrleans.Testing;

namespace CacheOrleans.EndToEnd.History;

/// <summary>The database of a history: a version for each row, which only grows. Loads read the version first and
/// return it late; those of troubled rows also fail, or exceed their timeout.</summary>
internal sealed class SlowDatabase(int seed, IReadOnlyList<HistoryRow> rows) : ICacheLoader
{
    private readonly ConcurrentDictionary<string, long> _versions = new();
    private readonly ConcurrentDictionary<(string Key, Guid Load), long> _running = new();
    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);

    /// <summary>The message of the exception that fallbacks of troubled rows throw.</summary>
    public const string Trouble = "on purpose";

    /// <summary>The longest duration of a load.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(4);

    public long Current(HistoryRow row) => _versions.GetValueOrDefault(row.Key);

    /// <summary>Changes a row and returns its new version.</summary>
    public long Change(HistoryRow row) => _versions.AddOrUpdate(row.Key, 1, (_, version) => version + 1);

    /// <summary>Whether a load of a row is running that has read a version below the given one.</summary>
    public bool IsLoadingBelow(HistoryRow row, long version) =>
        _running.Any(load => load.Key.Key == row.Key && load.Value < version);

    /// <summary>Loads a row as the fallback of clients.</summary>
    public async ValueTask<string?> LoadAsync(HistoryRow row, CancellationToken cancellationToken)
    {
        var version = Current(row);
        var load = (row.Key, Guid.NewGuid());
        _running[load] = version;
        try
        {
            var trouble = row.IsTroubled ? Next(10) : 10;
            await (trouble < 2 ? OverdueAsync(isDeaf: trouble == 0, cancellationToken) : Latency.OfAsync(NextDelay()));
            return trouble is 2 or 3
                ? throw new InvalidOperationException(Trouble)
                : version.ToString(CultureInfo.InvariantCulture);
        }
        finally
        {
            _running.TryRemove(load, out _);
        }
    }

    /// <summary>Loads a row as the loader of the silos.</summary>
    public async ValueTask<LoadResult> LoadAsync(CacheKey key, CancellationToken cancellationToken)
    {
        var row = rows.Single(row => row.Key == key.Text);
        var value = await LoadAsync(row, cancellationToken);
        return LoadResult.Found(Encoding.UTF8.GetBytes(value!)).WithTags([row.Tag]);
    }

    /// <summary>Exceeds the timeout, and may still return a value.</summary>
    private static Task OverdueAsync(bool isDeaf, CancellationToken cancellationToken) =>
        isDeaf ? Latency.OfAsync(2000) : Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);

    private int NextDelay()
    {
        var longest = (int)Longest.TotalMilliseconds;
        return Next(20) switch
        {
            < 9 => Next(20),
            < 14 => Next(longest / 10),
            < 19 => Next(longest / 2),
            _ => longest,
        };
    }

    private int Next(int max)
    {
        lock (_lock)
        {
            return _random.Next(max);
        }
    }
}

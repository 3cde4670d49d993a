using CacheOrleans.Chaos.Histories;
using CacheOrleans.Client;
using CacheOrleans.Testing;

namespace CacheOrleans.Chaos.Application;

/// <summary>Reads rows at random, without waiting for the answers.</summary>
/// <param name="cache">The client.</param>
/// <param name="table">The database.</param>
/// <param name="log">Receives each read and each load.</param>
/// <param name="hasCopies">Whether the application keeps copies; single reads skip them.</param>
internal sealed class Reading(ICacheClient cache, RowTable table, CallLog log, bool hasCopies)
{
    private const int MaxUnderWay = 300;
    private const int LongestPause = 60;

    private int _underWay;

    /// <summary>Reads until it is cancelled, and waits for the last answers.</summary>
    public async Task RunAsync(Random random, CancellationToken stop)
    {
        HashSet<Task> reads = [];
        while (!stop.IsCancellationRequested)
        {
            if (Volatile.Read(ref _underWay) < MaxUnderWay)
            {
                var (row, kind, isStrict) = (random.Next(Row.Count), random.Next(10), random.Next(2) == 0);
                reads.Add(CountAsync(() => ReadAsync(row, kind, isStrict || !hasCopies)));
            }

            reads.RemoveWhere(read => read.IsCompleted);
            await Latency.OfAsync(random.Next(LongestPause));
        }

        await Task.WhenAll(reads);
    }

    /// <summary>Reads each row once, without copies.</summary>
    public Task ReadAllAsync() => Task.WhenAll(Enumerable.Range(0, Row.Count).Select(row => OneAsync(row, true)));

    private async Task CountAsync(Func<Task> read)
    {
        Interlocked.Increment(ref _underWay);
        await Task.Run(read);
        Interlocked.Decrement(ref _underWay);
    }

    private Task ReadAsync(int row, int kind, bool isStrict) => kind switch
    {
        0 => GroupAsync(Row.GroupOf(row), isStrict),
        1 => FindAsync(row),
        _ => OneAsync(row, isStrict),
    };

    private Task OneAsync(int row, bool isStrict) => LogAsync([row], KindOf(isStrict), isFind: false, async () =>
        new Dictionary<int, string?>
        {
            [row] = await cache.GetWithFallbackAsync(
                Row.Cache(row),
                row,
                (Reading: this, Row: row),
                static (state, cancellationToken) => state.Reading.LoadAsync(state.Row, cancellationToken),
                Options(row, isStrict)),
        });

    private Task FindAsync(int row) => LogAsync([row], KindOf(!hasCopies), isFind: true, async () =>
        new Dictionary<int, string?> { [row] = (await cache.TryGetAsync(Row.Cache(row), row)).Value });

    private Task GroupAsync(int group, bool isStrict)
    {
        var rows = Row.Of(group);
        return LogAsync(rows, KindOf(isStrict), isFind: false, async () =>
            (await cache.GetManyWithFallbackAsync(
                Row.Cache(rows[0]), rows, LoadManyAsync, Options(rows[0], isStrict)))
                .ToDictionary(pair => pair.Key, pair => (string?)pair.Value));
    }

    private async Task LogAsync(
        IReadOnlyList<int> rows, CallKind kind, bool isFind, Func<Task<Dictionary<int, string?>>> call)
    {
        var begin = CallLog.Now;
        Dictionary<int, string?> values = [];
        try
        {
            values = await call();
        }
        catch (Exception exception) // whatever a caller sees is a failed read
        {
            await Console.Error.WriteLineAsync($"A read of {string.Join(',', rows)} failed: {exception}");
        }

        foreach (var row in rows)
        {
            var value = values.GetValueOrDefault(row);
            log.Add(
                kind,
                row,
                value is null ? 0 : Row.Version(row, value),
                begin,
                value is not null ? CallOutcome.Answered : isFind && values.Count > 0 ? CallOutcome.Nothing
                    : CallOutcome.Failed);
        }
    }

    private async ValueTask<string?> LoadAsync(int row, CancellationToken cancellationToken) =>
        (await LoadManyAsync([row], cancellationToken))[row];

    private async ValueTask<IReadOnlyDictionary<int, string>> LoadManyAsync(
        IReadOnlyList<int> rows, CancellationToken cancellationToken)
    {
        var begin = CallLog.Now;
        IReadOnlyDictionary<int, long> versions = new Dictionary<int, long>();
        try
        {
            versions = await table.LoadAsync(rows, cancellationToken);
            return versions.ToDictionary(pair => pair.Key, pair => Row.Value(pair.Key, pair.Value));
        }
        finally
        {
            foreach (var row in rows)
            {
                var isLoaded = versions.TryGetValue(row, out var version);
                log.Add(CallKind.Load, row, version, begin, isLoaded ? CallOutcome.Answered : CallOutcome.Failed);
            }
        }
    }

    private static CallKind KindOf(bool isStrict) => isStrict ? CallKind.Strict : CallKind.Copies;

    private static CacheCallOptions Options(int row, bool isStrict) => new()
    {
        Tags = [Row.Tag(Row.GroupOf(row))],
        NearLease = isStrict ? TimeSpan.Zero : null,
    };
}

using CacheOrleans.Chaos.Histories;
using CacheOrleans.Client;
using CacheOrleans.Testing;
using Npgsql;

namespace CacheOrleans.Chaos.Application;

/// <summary>Changes the rows of a group one after the other: first in the database, then in the cache.</summary>
internal sealed class Changing(ICacheClient cache, RowTable table, CallLog log, int group)
{
    private const int LongestPause = 1500;

    public async Task RunAsync(Random random, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var rows = Row.Of(group);
            var (row, kind) = (rows[random.Next(rows.Count)], random.Next(8) switch
            {
                0 => CallKind.Tag,
                1 or 2 => CallKind.Remove,
                3 => CallKind.Expire,
                4 or 5 => CallKind.SetThrough,
                _ => CallKind.Set,
            });
            await ChangeAsync(kind, kind == CallKind.Tag ? rows : [row]);
            await Latency.OfAsync(random.Next(LongestPause));
        }
    }

    private async Task ChangeAsync(CallKind kind, IReadOnlyList<int> rows)
    {
        IReadOnlyDictionary<int, long> versions;
        try
        {
            versions = await table.ChangeAsync(rows);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            return; // the row may have a new version, and the cache was told nothing
        }

        var begin = CallLog.Now;
        var outcome = CallOutcome.Failed;
        try
        {
            outcome = await ToCacheAsync(kind, rows[0], versions[rows[0]]) switch
            {
                WriteOutcome.Applied => CallOutcome.Applied,
                WriteOutcome.Queued => CallOutcome.Queued,
                _ => CallOutcome.Refused,
            };
        }
        catch (Exception exception) when (exception is CacheUnavailableException or TimeoutException)
        {
            await Console.Error.WriteLineAsync($"{kind} {rows[0]} failed: {exception.Message}");
        }

        foreach (var (row, version) in versions)
        {
            log.Add(kind, row, version, begin, outcome);
        }
    }

    private async Task<WriteOutcome> ToCacheAsync(CallKind kind, int row, long version)
    {
        switch (kind)
        {
            case CallKind.Tag:
                await cache.RemoveByTagAsync(Row.Tag(group));
                return WriteOutcome.Applied;
            case CallKind.Remove:
                return await cache.RemoveAsync(Row.Cache(row), row);
            case CallKind.Expire:
                return await cache.ExpireAsync(Row.Cache(row), row);
            default:
                return await cache.SetAsync(
                    Row.Cache(row),
                    row,
                    Row.Value(row, version),
                    new() { Tags = [Row.Tag(group)], WriteThrough = kind == CallKind.SetThrough });
        }
    }
}

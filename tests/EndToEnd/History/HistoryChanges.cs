using System.Globalization;
using CacheOrleans.Client;
using CacheOrleans.Testing;

namespace CacheOrleans.EndToEnd.History;

/// <summary>Changes a row repeatedly, through any of the applications, and records the acknowledged changes.</summary>
/// <remarks>Changes of a row are made one after the other: concurrent sets may be applied in any order.</remarks>
internal sealed class HistoryChanges(
    SlowDatabase database, HistoryRecord record, IReadOnlyList<HistoryClient> clients, HistoryRow row)
{
    private const string Everything = "*";

    /// <summary>All rows, because rows share tags.</summary>
    public required IReadOnlyList<HistoryRow> Rows { get; init; }

    /// <summary>The reads of the row by applications that keep copies.</summary>
    public required IReadOnlyList<HistoryReads> Copies { get; init; }

    /// <summary>The longest pause between two changes.</summary>
    public required TimeSpan Pause { get; init; }

    /// <summary>Controls whether calls may begin.</summary>
    public required HistoryGate Gate { get; init; }

    /// <summary>Whether tags are invalidated.</summary>
    public required bool UsesTags { get; init; }

    public async Task RunAsync(Random random, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Latency.OfAsync(random.Next((int)Pause.TotalMilliseconds));
            if (!Gate.TryEnter())
            {
                continue;
            }

            var client = clients[random.Next(clients.Count)];
            var version = database.Change(row);
            var isAcknowledged = await ChangeAsync(client, version, random.Next(UsesTags ? 0 : 3, 12));
            Gate.Leave();
            if (isAcknowledged && record.CopyBound is null && random.Next(2) == 0)
            {
                await SeenAsync(version);
            }
        }
    }

    /// <summary>Waits until all applications with copies have seen a version.</summary>
    private async Task SeenAsync(long version)
    {
        await Task.WhenAll(Copies.Select(copies => Eventually.TrueAsync(
            () => copies.SeesAsync(version), $"version {version} of {row.Key} is seen")));
        record.MarkSeen(row, version);
    }

    private async Task<bool> ChangeAsync(HistoryClient client, long version, int kind)
    {
        try
        {
            if (kind is 0 or 1 or 2)
            {
                var tag = kind == 0 ? Everything : row.Tag;
                await InvalidateAsync(client, tag);
                return true;
            }

            var outcome = await ChangeEntryAsync(client.Cache, version, kind);
            if (outcome is not (WriteOutcome.Applied or WriteOutcome.Queued))
            {
                return false;
            }

            record.Acknowledge([(row, version)], client);
            return true;
        }
        catch (Exception exception) when (exception is CacheUnavailableException or TimeoutException)
        {
            record.MarkUncertain(row, version);
            return false;
        }
    }

    private async Task<WriteOutcome> ChangeEntryAsync(ICacheClient cache, long version, int kind) => kind switch
    {
        3 or 4 or 5 => await cache.RemoveAsync(row.Cache, row.Id),
        6 or 7 => await cache.ExpireAsync(row.Cache, row.Id),
        _ => await cache.SetAsync(
            row.Cache,
            row.Id,
            version.ToString(CultureInfo.InvariantCulture),
            new() { Tags = [row.Tag], WriteThrough = kind > 8 }),
    };

    /// <summary>Invalidates a tag, which acknowledges the versions that its rows had at the beginning.</summary>
    private async Task InvalidateAsync(HistoryClient client, string tag)
    {
        var before = Rows
            .Where(other => tag == Everything || other.Tag == tag)
            .Select(other => (Row: other, Version: database.Current(other)))
            .ToList();
        await client.Cache.RemoveByTagAsync(tag);
        record.Acknowledge(before, client);
    }
}

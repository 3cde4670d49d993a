using System.Diagnostics;
using System.Globalization;
using CacheOrleans.Client;
using CacheOrleans.Testing;

namespace CacheOrleans.EndToEnd.History;

/// <summary>Reads a row repeatedly in one application, by any call, without waiting for the answers.</summary>
internal sealed class HistoryReads(SlowDatabase database, HistoryRecord record, HistoryClient client, HistoryRow row)
{
    private const int MaxUnderWay = 40;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private int _underWay;

    /// <summary>The rows that are read together with this one in batches.</summary>
    public required IReadOnlyList<HistoryRow> Neighbors { get; init; }

    /// <summary>Controls whether calls may begin.</summary>
    public required HistoryGate Gate { get; init; }

    /// <summary>The longest pause between two reads.</summary>
    public required TimeSpan Pause { get; init; }

    /// <summary>The timeout of fallbacks that do not hang.</summary>
    private TimeSpan? FallbackTimeout => row.IsTroubled ? TimeSpan.FromMilliseconds(500) : null;

    /// <summary>Begins reads until it is cancelled, and waits for the last answers.</summary>
    public async Task RunAsync(Random random, CancellationToken stop)
    {
        List<Task> reads = [];
        while (!stop.IsCancellationRequested)
        {
            if (Volatile.Read(ref _underWay) < MaxUnderWay && Gate.TryEnter())
            {
                reads.Add(LeavingAsync(Next(random)));
            }

            await Latency.OfAsync(random.Next((int)Pause.TotalMilliseconds));
        }

        await Task.WhenAll(reads).WaitAsync(Limit, TimeProvider.System, CancellationToken.None);
    }

    /// <summary>Reads without using copies.</summary>
    public Task ReadOnceAsync() => ReadAsync("fallback", isStrict: true, () => FallbackAsync(isStrict: true));

    /// <summary>Returns whether copies answer with a version or a later one.</summary>
    public async Task<bool> SeesAsync(long version)
    {
        var read = new HistoryRead(client, "sees", Stopwatch.GetTimestamp());
        return await AnswerAsync(read, () => FallbackAsync(isStrict: false)) is { } seen && seen >= version;
    }

    private async Task LeavingAsync(Task read)
    {
        await read;
        Gate.Leave();
    }

    private Task Next(Random random)
    {
        var isStrict = !client.HasCopies || random.Next(2) == 0;
        return random.Next(10) switch
        {
            0 => ReadAsync("batch", isStrict, () => BatchAsync(isStrict, random.Next(2) == 0)),
            1 => ReadAsync("stored", !client.HasCopies, StoredAsync, isMissing: true),
            2 or 3 when row.HasLoader => ReadAsync("loaded", !client.HasCopies, LoadedAsync),
            _ => ReadAsync("fallback", isStrict, () => FallbackAsync(isStrict)),
        };
    }

    private async Task ReadAsync(string kind, bool isStrict, Func<Task<long?>> call, bool isMissing = false)
    {
        Interlocked.Increment(ref _underWay);
        var floor = record.Floor(row, isStrict ? null : client);
        if (database.IsLoadingBelow(row, floor))
        {
            record.CountRiskyRead();
        }

        var read = new HistoryRead(client, isStrict ? $"strict {kind}" : kind, Stopwatch.GetTimestamp());
        try
        {
            if (await AnswerAsync(read, call) is { } version)
            {
                record.Answered(read, row, version, floor);
            }
            else if (!isMissing && !row.IsTroubled)
            {
                record.AddViolation(read, $"{row.Key}: nothing");
            }
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    /// <summary>Returns the result of a call; null if it found nothing or failed.</summary>
    private async Task<long?> AnswerAsync(HistoryRead read, Func<Task<long?>> call)
    {
        try
        {
            return await Task.Run(call);
        }
        catch (Exception exception) when (row.IsTroubled
            && exception is TimeoutException or InvalidOperationException { Message: SlowDatabase.Trouble })
        {
            return null;
        }
        // A history reports every other exception that a caller would have seen.
        catch (Exception exception)
        {
            record.AddViolation(read, $"{row.Key}: {exception}");
            return null;
        }
    }

    private CacheCallOptions Options(bool isStrict) => new()
    {
        Tags = [row.Tag],
        NearLease = isStrict ? TimeSpan.Zero : null,
        FallbackTimeout = FallbackTimeout,
    };

    private async Task<long?> FallbackAsync(bool isStrict) => Version(await client.Cache.GetWithFallbackAsync(
        row.Cache, row.Id, (database, row), static (state, cancellationToken) =>
            state.database.LoadAsync(state.row, cancellationToken), Options(isStrict)));

    private async Task<long?> StoredAsync() =>
        await client.Cache.TryGetAsync(row.Cache, row.Id) is { IsFound: true } found ? Version(found.Value) : null;

    private async Task<long?> LoadedAsync() => Version(await client.Cache.GetAsync(row.Cache, row.Id));

    private async Task<long?> BatchAsync(bool isStrict, bool isAlone)
    {
        int[] ids = isAlone ? [row.Id] : [.. Neighbors.Select(neighbor => neighbor.Id)];
        var found = await client.Cache.GetManyWithFallbackAsync(row.Cache, ids, LoadAsync, Options(isStrict));
        return Version(found.GetValueOrDefault(row.Id));
    }

    private async ValueTask<IReadOnlyDictionary<int, string>> LoadAsync(
        IReadOnlyList<int> ids, CancellationToken cancellationToken)
    {
        var rows = Neighbors.Where(neighbor => ids.Contains(neighbor.Id)).ToList();
        var values = await Task.WhenAll(rows.Select(one => database.LoadAsync(one, cancellationToken).AsTask()));
        return rows.Zip(values).ToDictionary(pair => pair.First.Id, pair => pair.Second!);
    }

    private static long? Version(string? value) =>
        value is null ? null : long.Parse(value, CultureInfo.InvariantCulture);
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using CacheOrleans.Testing;
using CacheOrleans.Testing.Processes;

namespace CacheOrleans.EndToEnd.Processes;

/// <summary>Sets and removes over HTTP that go on while silos join and stop; it records the last change of each key.
/// </summary>
internal sealed class ChangingLoad : IAsyncDisposable
{
    private const int Keys = 200;
    private const int Writers = 4;
    private const int FirstKey = 1000;

    /// <summary>The values that a key may have: one, or either of two if the last change may have failed.</summary>
    private readonly ConcurrentDictionary<int, string?[]> _left = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly Task _running;
    private List<SiloProcess> _silos;
    private int _acknowledged;

    public ChangingLoad(IEnumerable<SiloProcess> silos)
    {
        _silos = [.. silos];
        _running = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => ChangeAsync(writer))));
    }

    public int Acknowledged => Volatile.Read(ref _acknowledged);

    public static string Path(int id) => $"/api/caches/plain/entry?id={id}";

    public static async Task PutAsync(SiloProcess silo, int id, int value)
    {
        using var content = new StringContent($"{value}", Encoding.UTF8, "application/json");
        using var response = await silo.Http.PutAsync(Path(id), content);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Waits until more changes have been acknowledged.</summary>
    public Task MoreAsync(int changes)
    {
        var goal = Acknowledged + changes;
        return Eventually.TrueAsync(() => Acknowledged >= goal, $"{changes} more changes are made");
    }

    /// <summary>Sends no more requests to a silo.</summary>
    public void Leave(SiloProcess silo)
    {
        lock (_lock)
        {
            _silos = [.. _silos.Where(one => one != silo)];
        }
    }

    public void Join(SiloProcess silo)
    {
        lock (_lock)
        {
            _silos = [.. _silos, silo];
        }
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    /// <summary>Returns the keys whose value is not that of the last change.</summary>
    public async Task<IReadOnlyList<string>> UndoneAsync(SiloProcess silo)
    {
        ConcurrentQueue<string> undone = [];
        await Parallel.ForEachAsync(_left, async (key, _) =>
        {
            using var response = await silo.Http.GetAsync(Path(key.Key), CancellationToken.None);
            var value = response.StatusCode == HttpStatusCode.NotFound
                ? null
                : await response.Content.ReadAsStringAsync(CancellationToken.None);
            if (!key.Value.Contains(value))
            {
                undone.Enqueue($"{key.Key}: {value ?? "none"} instead of {string.Join(" or ", key.Value)}");
            }
        });
        return [.. undone];
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    /// <summary>Repeatedly changes this writer's keys, one after the other.</summary>
    private async Task ChangeAsync(int writer)
    {
        for (var i = 1; !_stop.IsCancellationRequested; i++)
        {
            var id = FirstKey + writer + (Writers * (i % (Keys / Writers)));
            var value = i % 3 == 0 ? (int?)null : i;
            try
            {
                await ChangeAsync(Any(i), id, value);
                _left[id] = [value?.ToString(CultureInfo.InvariantCulture)];
                Interlocked.Increment(ref _acknowledged);
            }
            catch (HttpRequestException)
            {
                // It was not acknowledged, but may have been applied.
                _left[id] = [.. _left.GetValueOrDefault(id, [null]),
                    value?.ToString(CultureInfo.InvariantCulture)];
            }
        }
    }

    private static async Task ChangeAsync(SiloProcess silo, int id, int? value)
    {
        if (value is { } given)
        {
            await PutAsync(silo, id, given);
            return;
        }

        using var response = await silo.Http.DeleteAsync(Path(id));
        response.EnsureSuccessStatusCode();
    }

    private SiloProcess Any(int turn)
    {
        lock (_lock)
        {
            return _silos[turn % _silos.Count];
        }
    }
}

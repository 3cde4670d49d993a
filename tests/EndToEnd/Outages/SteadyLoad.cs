using System.Collections.Concurrent;
using System.Diagnostics;
using CacheOrleans.Testing;
using CacheOrleans.Testing.Processes;

namespace CacheOrleans.EndToEnd.Outages;

/// <summary>Requests to several silos that go on until they are stopped: for cold keys, each requested from every silo
/// at once, and for warm keys.</summary>
internal sealed class SteadyLoad : IAsyncDisposable
{
    /// <summary>Several caches in turn, because the breaker opens only on failures of several.</summary>
    private static readonly string[] Cold = ["home/entry?", "country/entry?code=KR&", "currency/entry?code=EUR&"];

    private static readonly string[] ColdInStore = ["home", "country:KR", "currency:EUR"];

    private static readonly string[] Warm =
        ["language/entry?code=ko", "language/entry?code=de", "time_zone/entry?id=UTC"];

    private static int _lastVersion;

    private readonly IReadOnlyList<SiloProcess> _silos;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly ConcurrentQueue<string> _storeKeys = new();
    private readonly Task _running;
    private int _answered;
    private int _cold;
    private long _slowest;

    public SteadyLoad(IReadOnlyList<SiloProcess> silos)
    {
        _silos = silos;
        _running = Task.WhenAll(
            [Loop(ColdAsync), Loop(ColdAsync), .. silos.Select(silo => Loop(() => WarmAsync(silo)))]);
    }

    public int Answered => Volatile.Read(ref _answered);

    public IReadOnlyCollection<string> Failures => _failures;

    public TimeSpan Slowest => TimeSpan.FromTicks(Volatile.Read(ref _slowest));

    /// <summary>The number of cold keys that this load has requested.</summary>
    public int ColdKeys => Volatile.Read(ref _cold);

    /// <summary>The Redis keys of the cold keys that have been answered, in that order.</summary>
    public IReadOnlyCollection<string> StoreKeys => _storeKeys;

    public static IEnumerable<string> ColdCaches => Cold.Select(entry => entry.Split('/')[0]);

    /// <summary>Waits until more requests have been answered.</summary>
    public Task MoreAsync(int requests)
    {
        var goal = Answered + requests;
        return Eventually.TrueAsync(() => Answered >= goal, $"{requests} more requests are answered");
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task Loop(Func<Task> request)
    {
        while (!_stop.IsCancellationRequested)
        {
            await request();
            await Latency.OfAsync(30);
        }
    }

    private async Task ColdAsync()
    {
        Interlocked.Increment(ref _cold);
        var version = Interlocked.Increment(ref _lastVersion) + 1;
        var kind = version % Cold.Length;
        await Task.WhenAll(_silos.Select(silo => RequestAsync(silo, $"{Cold[kind]}version={version}")));
        _storeKeys.Enqueue($"cacheorleans:{ColdCaches.ElementAt(kind)}:v{version}:{ColdInStore[kind]}");
    }

    private async Task WarmAsync(SiloProcess silo)
    {
        foreach (var entry in Warm)
        {
            await RequestAsync(silo, entry);
        }
    }

    private async Task RequestAsync(SiloProcess silo, string entry)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            using var response = await silo.GetEntryAsync(entry);
            if (!response.IsSuccessStatusCode)
            {
                _failures.Enqueue($"{entry}: {response.StatusCode} {await response.Content.ReadAsStringAsync()}");
            }
        }
        catch (HttpRequestException exception)
        {
            _failures.Enqueue($"{entry}: {exception.Message}");
        }

        Interlocked.Increment(ref _answered);
        var took = Stopwatch.GetElapsedTime(start).Ticks;
        for (var slowest = Volatile.Read(ref _slowest);
            took > slowest && Interlocked.CompareExchange(ref _slowest, took, slowest) != slowest;
            slowest = Volatile.Read(ref _slowest))
        {
        }
    }
}

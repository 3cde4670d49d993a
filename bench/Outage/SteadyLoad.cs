using System.Collections.Concurrent;
using System.Diagnostics;
using CacheOrleans.Bench.Harness;
using CacheOrleans.Bench.Stage;

namespace CacheOrleans.Bench.Outage;

/// <summary>Callers in several clients that read continuously: nine times a known key, then a new one.</summary>
/// <remarks>All three clients read a new key at about the same time.</remarks>
internal sealed class SteadyLoad(IReadOnlyList<Application> applications, Reader reader)
{
    private const int CallersEach = 12;
    private const int KnownKeys = 1000;
    private const int NewOneIn = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LoadTime = TimeSpan.FromMilliseconds(1);

    private readonly ConcurrentBag<(long BeganAt, double Milliseconds)> _reads = [];
    private readonly ConcurrentDictionary<int, int> _calls = new();
    private readonly int[] _nextNew = new int[applications.Count];
    private Task _callers = Task.CompletedTask;
    private volatile bool _isStopped;
    private int _failed;

    public int Failed => Volatile.Read(ref _failed);

    /// <summary>The largest number of fallback runs for one key.</summary>
    public int MostCalls => _calls.Values.Max();

    public async Task StartAsync()
    {
        await Task.WhenAll(Enumerable.Range(0, KnownKeys).Select(id => ReadAsync(applications[0], id)));
        foreach (var application in applications.Skip(1))
        {
            await Task.WhenAll(Enumerable.Range(0, KnownKeys).Select(id => ReadAsync(application, id)));
        }

        _callers = Task.WhenAll(Enumerable.Range(0, applications.Count * CallersEach).Select(caller =>
            Task.Run(() => CallAsync(caller % applications.Count, caller))));
    }

    /// <summary>Stops the callers.</summary>
    public Task StopAsync()
    {
        _isStopped = true;
        return _callers;
    }

    /// <summary>Returns the 99th percentile of the reads that began between two times; if none did because every
    /// caller hung, that of the reads in progress.</summary>
    public double P99(long from, long to)
    {
        var began = _reads.Where(read => read.BeganAt >= from && read.BeganAt < to).ToList();
        var reads = began.Count > 0 ? began : [.. _reads.Where(read => read.BeganAt < to && EndOf(read) > from)];
        return Quantile.Of(reads.Select(read => read.Milliseconds), 0.99);

        static long EndOf((long BeganAt, double Milliseconds) read) =>
            read.BeganAt + (long)(read.Milliseconds / 1000 * Stopwatch.Frequency);
    }

    private async Task CallAsync(int application, int caller)
    {
        for (var i = caller; !_isStopped; i++)
        {
            var id = i % NewOneIn == 0
                ? KnownKeys + Interlocked.Increment(ref _nextNew[application])
                : (int)(i * 7_919L % KnownKeys);
            var start = Stopwatch.GetTimestamp();
            try
            {
                await ReadAsync(applications[application], id);
            }
            catch (Exception)
            {
                // Any exception is an effect of the outage that the caller sees.
                Interlocked.Increment(ref _failed);
            }

            _reads.Add((start, Stopwatch.GetElapsedTime(start).TotalMilliseconds));
            await Task.Delay(Pause, TimeProvider.System);
        }
    }

    private async Task ReadAsync(Application application, int id) =>
        Products.Check(id, await reader(application.Services, id, async () =>
        {
            _calls.AddOrUpdate(id, 1, static (_, count) => count + 1);
            await Task.Delay(LoadTime, TimeProvider.System);
            return Products.Make(id);
        }));
}

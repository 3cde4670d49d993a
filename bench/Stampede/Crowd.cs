using System.Collections.Concurrent;
using System.Diagnostics;
using CacheOrleans.Bench.Harness;
using CacheOrleans.Bench.Stage;

namespace CacheOrleans.Bench.Stampede;

/// <summary>Many callers in several clients that read one cold key at the same time.</summary>
/// <remarks>Each client has its own connections and memory, as if it were a process.</remarks>
/// <param name="name">The name of the cache that the clients use.</param>
/// <param name="applications">The clients.</param>
/// <param name="reader">Reads through one client.</param>
internal sealed class Crowd(string name, IReadOnlyList<Application> applications, Reader reader)
{
    public const int CallersEach = 100;

    private readonly List<double> _calls = [];
    private readonly List<double> _p99 = [];

    /// <summary>The largest number of delegate runs.</summary>
    public Figure Calls => new(name, _calls.Max());

    /// <summary>How much longer than the delegate the slowest callers waited: the median of the repeats.</summary>
    public Figure WaitBeyond => new(name, Quantile.Median(_p99));

    public void Forget()
    {
        _calls.Clear();
        _p99.Clear();
    }

    public async Task StampedeAsync(int id, int delay)
    {
        var calls = 0;
        var waits = new ConcurrentBag<double>();
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var callers = applications
            .SelectMany(application => Enumerable.Range(0, CallersEach).Select(_ => CallAsync(application)))
            .ToList();
        go.SetResult();
        await Task.WhenAll(callers);
        _calls.Add(calls);
        _p99.Add(Quantile.Of(waits, 0.99) - delay);

        async Task CallAsync(Application application)
        {
            await go.Task;
            var start = Stopwatch.GetTimestamp();
            var product = await reader(application.Services, id, LoadAsync);
            waits.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            Products.Check(id, product);
        }

        async Task<Product> LoadAsync()
        {
            Interlocked.Increment(ref calls);
            if (delay > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(delay), TimeProvider.System);
            }

            return Products.Make(id);
        }
    }
}

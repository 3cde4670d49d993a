using BenchmarkDotNet.Attributes;
using CacheOrleans.Bench.Stage;

namespace CacheOrleans.Bench.Hits;

/// <summary>Measures the hits of the table with BenchmarkDotNet, each in a process of its own.</summary>
[MemoryDiagnoser]
public class HitBenchmarks : IAsyncDisposable
{
    private const int Operations = 1024;

    private readonly Lab _lab = new(new BenchSettings());
    private Hitters _hits = null!;

    [GlobalSetup]
    public async Task StartAsync()
    {
        _hits = new Hitters((await _lab.OursAsync()).Services, (await _lab.PeersAsync()).Services);
        await _hits.FillAsync();
    }

    [GlobalCleanup]
    public async ValueTask DisposeAsync()
    {
        _hits.Dispose();
        await _lab.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Operations)]
    public Task HybridCache() => _hits.Hybrid.RunAsync(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public Task HybridCacheKeyMade() => _hits.HybridMade.RunAsync(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public Task FusionCache() => _hits.Fusion.RunAsync(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public Task Client() => _hits.Client.RunAsync(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public Task Adapter() => _hits.Adapter.RunAsync(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public Task Decorated() => _hits.Decorated.RunAsync(Operations);
}

using BenchmarkDotNet.Attributes;
using CacheOrleans.Storage;
using Polly;
using Polly.CircuitBreaker;

namespace CacheOrleans.Bench.Breaker;

/// <summary>Measures what it costs to ask the breaker for a permit, compared with Polly's breaker around a call that
/// does nothing.</summary>
[MemoryDiagnoser]
public class PermitBenchmarks
{
    private readonly CircuitBreakerManualControl _control = new();
    private BreakerSilos _silos = null!;
    private IBreakerGate _gate = null!;
    private ResiliencePipeline _polly = null!;
    private ResilienceContext _context = null!;

    [Params(false, true)]
    public bool IsOpen { get; set; }

    [GlobalSetup]
    public async Task StartAsync()
    {
        _silos = await BreakerSilos.StartAsync(1);
        _gate = _silos.Gates[0];
        _context = ResilienceContextPool.Shared.Get();
        _polly = new ResiliencePipelineBuilder()
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions { ManualControl = _control })
            .Build();
        if (IsOpen)
        {
            await _control.IsolateAsync();
            await _silos.Breaker.IsolateAsync();
            while (_gate.TryEnter(out _))
            {
                await Task.Yield();
            }
        }
    }

    [GlobalCleanup]
    public async Task StopAsync() => await _silos.DisposeAsync();

    /// <summary>Polly reports an open circuit by an exception or, as here and at the lowest cost, by an
    /// outcome.</summary>
    [Benchmark(Baseline = true)]
    public async ValueTask<bool> Polly() =>
        (await _polly.ExecuteOutcomeAsync(static (_, _) => Outcome.FromResultAsValueTask(true), _context, 0))
        .Exception is null;

    [Benchmark]
    public bool TryEnter() => _gate.TryEnter(out _);

    /// <summary>Includes the report of a success, as Polly's call does.</summary>
    [Benchmark]
    public bool TryEnterAndSucceed()
    {
        if (!_gate.TryEnter(out var pass))
        {
            return false;
        }

        _gate.OnSuccess(pass, StoreOperation.Read);
        return true;
    }
}

using CacheOrleans.Bench.Harness;
using CacheOrleans.Bench.Stage;
using CacheOrleans.Storage;
using Microsoft.Extensions.DependencyInjection;
using Polly;
using Polly.CircuitBreaker;

namespace CacheOrleans.Bench.Breaker;

/// <summary>Measures what a call costs to get a permit from a closed breaker and to report a success to it.</summary>
/// <remarks>Polly's breaker gives no permits without a call, so its side calls an empty function.</remarks>
internal sealed class PermitExperiment : IExperiment
{
    private bool _isClosed;

    public string Group => "breaker.permit";

    public async Task<IReadOnlyList<Row>> RunAsync(Lab lab)
    {
        var gate = (await lab.ClusterAsync()).Silo.Services.GetRequiredService<IBreakerGate>();
        Volatile.Write(ref _isClosed, true);
        var polly = new ResiliencePipelineBuilder().AddCircuitBreaker(new CircuitBreakerStrategyOptions()).Build();
        return await lab.CompareAsync(
            new Comparison("breaker.permit", "breaker permit and the report of a success, closed",
                Target.FreeRatio(0.05),
                new("TryEnter, OnSuccess", operations => EnterAsync(gate, operations)),
                new("Polly", operations => PollyAsync(polly, operations)))
            {
                Floor = new("a volatile read", FlagAsync),
            });
    }

    private static Task EnterAsync(IBreakerGate gate, int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            Check(gate.TryEnter(out var pass));
            gate.OnSuccess(pass, StoreOperation.Read);
        }

        return Task.CompletedTask;
    }

    private static async Task PollyAsync(ResiliencePipeline polly, int operations)
    {
        var context = ResilienceContextPool.Shared.Get();
        for (var i = 0; i < operations; i++)
        {
            var outcome = await polly.ExecuteOutcomeAsync(
                static (_, _) => Outcome.FromResultAsValueTask(true), context, 0);
            Check(outcome.Result);
        }

        ResilienceContextPool.Shared.Return(context);
    }

    private Task FlagAsync(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            Check(Volatile.Read(ref _isClosed));
        }

        return Task.CompletedTask;
    }

    private static void Check(bool isAllowed)
    {
        if (!isAllowed)
        {
            throw new InvalidOperationException("A closed breaker has refused a call.");
        }
    }
}

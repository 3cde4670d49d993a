using System.Diagnostics;
using CacheOrleans.Bench.Harness;
using CacheOrleans.Bench.Stage;
using CacheOrleans.Storage;

namespace CacheOrleans.Bench.Breaker;

/// <summary>Measures the time from the failure that opens the breaker, on any of three silos, until all
/// refuse.</summary>
internal sealed class TripExperiment : IExperiment
{
    private static readonly StoreFailure Failure = new(StoreFailureKind.Timeout, new TimeoutException());

    public string Group => "breaker.trip";

    public async Task<IReadOnlyList<Row>> RunAsync(Lab lab)
    {
        await using var silos = await BreakerSilos.StartAsync(3);
        var trips = lab.Sized(50, 200);
        var times = new List<double>();
        for (var i = -10; i < trips; i++)
        {
            var time = await TripAsync(silos, Math.Abs(i) % 3);
            if (i >= 0)
            {
                times.Add(time.TotalMilliseconds);
            }
        }

        return
        [
            new("breaker.trip", $"from the tripping failure until three silos refuse, p99 of {trips}",
                Unit.Milliseconds, Target.Most(50), new("p99", Quantile.Of(times, 0.99)), Peer: null)
            {
                Others = [new("p50", Quantile.Median(times)), new("longest", times.Max())],
            },
        ];
    }

    private static async Task<TimeSpan> TripAsync(BreakerSilos silos, int last)
    {
        var gates = silos.Gates;
        for (var failure = 0; failure < 10; failure++)
        {
            Fail(gates[failure % 3], failure);
        }

        while ((await silos.Breaker.GetStatsAsync()).RecentFailures < 10)
        {
            await Task.Yield();
        }

        var start = Stopwatch.GetTimestamp();
        Fail(gates[last], 11);
        await UntilAllAsync(gates, admits: false);
        var time = Stopwatch.GetElapsedTime(start);
        await silos.Breaker.CloseAsync();
        await UntilAllAsync(gates, admits: true);
        return time;
    }

    private static void Fail(IBreakerGate gate, int number)
    {
        gate.TryEnter(out var pass);
        gate.OnFailure(pass, StoreOperation.Read, number % 2 == 0 ? "user" : "order", Failure);
    }

    private static async Task UntilAllAsync(IReadOnlyList<IBreakerGate> gates, bool admits)
    {
        while (!gates.All(gate => gate.TryEnter(out _) == admits))
        {
            await Task.Yield();
        }
    }
}

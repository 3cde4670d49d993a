using System.Diagnostics;
using CacheOrleans.Storage;

namespace CacheOrleans.Bench.Breaker;

/// <summary>How long from the failure that trips, on any of three silos, until the last of them refuses.</summary>
internal static class TripLatency
{
    private static readonly StoreFailure Failure = new(StoreFailureKind.Timeout, new TimeoutException());

    public static async Task RunAsync(int trips)
    {
        await using var silos = await BreakerSilos.StartAsync(3);
        var gates = silos.Gates;
        var times = new List<double>();
        for (var i = -10; i < trips; i++)
        {
            for (var failure = 0; failure < 10; failure++)
            {
                Fail(gates[failure % 3], failure);
            }

            while ((await silos.Breaker.GetStatsAsync()).RecentFailures < 10)
            {
                await Task.Yield();
            }

            var start = Stopwatch.GetTimestamp();
            Fail(gates[Math.Abs(i) % 3], 11);
            await UntilAllAsync(gates, admits: false);
            if (i >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            await silos.Breaker.CloseAsync();
            await UntilAllAsync(gates, admits: true);
        }

        times.Sort();
        Console.WriteLine(
            $"{trips} trips of three silos: p50 {At(0.5):F2} ms, p90 {At(0.9):F2} ms, p99 {At(0.99):F2} ms, "
            + $"longest {times[^1]:F2} ms");

        double At(double part) => times[(int)Math.Ceiling(part * times.Count) - 1];
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

using System.Diagnostics;
using CacheOrleans.Bench.Stage;

namespace CacheOrleans.Bench.Outage;

/// <summary>The effects of an outage on the callers of one system.</summary>
/// <param name="Name">The name of the system.</param>
/// <param name="Failed">Requests that failed.</param>
/// <param name="Before">The 99th percentile before the outage, in milliseconds.</param>
/// <param name="During">The 99th percentile while Redis was away.</param>
/// <param name="After">The 99th percentile after Redis was back.</param>
/// <param name="MostCalls">The largest number of fallback runs for one key.</param>
internal sealed record OutageRun(
    string Name, int Failed, double Before, double During, double After, int MostCalls)
{
    /// <summary>Keeps a load on the clients while Redis dies and comes back.</summary>
    /// <param name="name">The system.</param>
    /// <param name="load">The load.</param>
    /// <param name="redis">The Redis that dies.</param>
    /// <param name="phase">The minimum length of each phase.</param>
    /// <param name="onDead">Called when Redis has died, to watch what happens.</param>
    /// <param name="onBack">Called when Redis is back; completes when the system uses Redis again.</param>
    public static async Task<OutageRun> RunAsync(
        string name, SteadyLoad load, StoreServer redis, TimeSpan phase, Func<Task> onDead, Func<Task> onBack)
    {
        await load.StartAsync();
        await Task.Delay(phase, TimeProvider.System); // the first reads connect and compile
        var start = Stopwatch.GetTimestamp();
        await Task.Delay(phase, TimeProvider.System);
        var dead = Stopwatch.GetTimestamp();
        redis.Stop();
        await onDead();
        await Task.Delay(phase, TimeProvider.System);
        var back = Stopwatch.GetTimestamp();
        redis.Start();
        await onBack();
        await Task.Delay(phase, TimeProvider.System);
        var end = Stopwatch.GetTimestamp();
        await load.StopAsync();
        return new OutageRun(
            name, load.Failed, load.P99(start, dead), load.P99(dead, back), load.P99(back, end), load.MostCalls);
    }
}

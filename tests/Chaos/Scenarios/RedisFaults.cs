using CacheOrleans.Chaos.Cluster;
using CacheOrleans.Chaos.Histories;

namespace CacheOrleans.Chaos.Scenarios;

/// <summary>Faults of the cache's Redis.</summary>
internal static class RedisFaults
{
    public static async Task PauseAsync(ChaosRun run)
    {
        run.Servers.Redis.Pause();
        await run.PassAsync();
        run.Servers.Redis.Resume();
        run.Over();
    }

    public static async Task RestartEmptyAsync(ChaosRun run)
    {
        run.Servers.Redis.Stop();
        await run.PassAsync();
        run.Servers.Redis.Start();
        run.Over();
    }

    public static async Task FillAsync(ChaosRun run)
    {
        await Servers.ExecuteAsync(run.Servers.Redis, "CONFIG", "SET", "maxmemory", "1");
        await run.PassAsync();
        await Servers.ExecuteAsync(run.Servers.Redis, "CONFIG", "SET", "maxmemory", "0");
        run.Over();
    }

    /// <summary>Kills Redis, and makes its replica the master.</summary>
    public static async Task FailOverAsync(ChaosRun run)
    {
        run.Servers.Redis.Stop();
        await run.PassAsync(0.3);
        await Servers.ExecuteAsync(run.Servers.Replica!, "REPLICAOF", "NO", "ONE");
        run.Over();
        await run.PassAsync(0.7);
    }

    /// <summary>Cuts the last silo from Redis.</summary>
    public static async Task CutAsync(ChaosRun run)
    {
        run.Servers.Elsewhere!.Cut(run.Servers.RedisAddress);
        await run.PassAsync();
        run.Servers.Elsewhere.Mend(run.Servers.RedisAddress);
        run.Over();
    }

    /// <summary>Suspends Redis while silos evict most entries, so that what it has is read as soon as it is back.
    /// </summary>
    public static async Task EvictAsync(ChaosRun run)
    {
        using var room = run.Begin(Harm.Room);
        await PauseAsync(run);
        await run.PassAsync();
    }

    /// <summary>Suspends Redis while the queues overflow and a silo stops.</summary>
    public static async Task OverflowAsync(ChaosRun run)
    {
        using var room = run.Begin(Harm.Room);
        var (_, silo, _) = run.AnySilo();
        run.Servers.Redis.Pause();
        await run.PassAsync(0.7);
        using var harm = run.Begin(Harm.Messages);
        await silo.StopAsync();
        await run.PassAsync(0.3);
        run.Servers.Redis.Resume();
        run.Over();
        await run.Cluster.RepairAsync();
        await run.PassAsync(0.5);
    }

    /// <summary>Isolates the breaker while a silo stops.</summary>
    public static async Task IsolateAsync(ChaosRun run)
    {
        var (_, silo, witness) = run.AnySilo();
        await PostAsync("isolate");
        await run.PassAsync(0.7);
        using var harm = run.Begin(Harm.Messages);
        await silo.StopAsync();
        await run.PassAsync(0.3);
        await PostAsync("close");
        run.Over();
        await run.Cluster.RepairAsync();

        async Task PostAsync(string what)
        {
            using var response = await witness.Http.PostAsync($"/api/breaker/{what}", null);
            response.EnsureSuccessStatusCode();
        }
    }
}

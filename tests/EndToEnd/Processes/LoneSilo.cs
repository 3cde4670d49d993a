using CacheOrleans.Testing;
using CacheOrleans.Testing.Processes;
using StackExchange.Redis;

namespace CacheOrleans.EndToEnd.Processes;

/// <summary>One silo over a real Redis, with small queues and long breaks. A test that ends the silo starts the next
/// one, and leaves it to the test that follows.</summary>
public sealed class LoneSilo : IAsyncLifetime
{
    /// <summary>The number of sets and of values from fallbacks that wait for Redis.</summary>
    internal const int Capacity = 150;

    private readonly GarnetServer _membership = GarnetServer.Launch();
    private readonly SiloSettings _settings;

    public LoneSilo() => _settings = new SiloSettings
    {
        Redis = Redis?.ConnectionString,
        Membership = _membership.ConnectionString,
        More = new()
        {
            ["Http__StopDelay"] = "00:00:00",
            ["Breaker__BreakDuration"] = "00:10:00",
            ["Breaker__MinimumCaches"] = "1",
            ["WriteBehind__Capacity"] = $"{Capacity}",
            ["WriteBehind__MaxRetryDelay"] = "00:00:00.1",
            ["Caches__plain__Key"] = "plain:{id}",
            ["Caches__plain__TimeToLive"] = "01:00:00",
        },
    };

    /// <summary>The silos that run; also those that a test ended, until the next test begins.</summary>
    internal List<SiloProcess> Silos { get; } = [];

    internal RedisServer? Redis { get; } = RedisServer.TryLaunch();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _membership.Dispose();
        Redis?.Dispose();
    }

    /// <summary>Returns the only silo: the last one that the tests so far have started, or a new one.</summary>
    internal async Task<SiloProcess> OneAsync()
    {
        var last = Silos.LastOrDefault(silo => !silo.HasExited);
        await EndAsync(except: last);
        return last ?? await StartAsync();
    }

    /// <summary>Starts a silo, or skips the calling test if there is no Redis.</summary>
    internal async Task<SiloProcess> StartAsync(int removeCapacity = 100_000)
    {
        Assert.SkipWhen(Redis is null, "There is no redis-server on this machine.");
        _settings.More["WriteBehind__RemoveCapacity"] = $"{removeCapacity}";
        var silo = await SiloProcess.StartAsync(_settings);
        Silos.Add(silo);
        return silo;
    }

    /// <summary>Kills the silos.</summary>
    internal async Task EndAsync(SiloProcess? except = null)
    {
        foreach (var silo in Silos.Where(silo => silo != except).ToList())
        {
            Silos.Remove(silo);
            await silo.DisposeAsync();
        }
    }

    internal async Task AdminAsync(string command, params object[] arguments)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"{Redis!.ConnectionString},allowAdmin=true");
        await redis.GetDatabase().ExecuteAsync(command, arguments);
    }
}

using System.Text;
using System.Text.Json.Nodes;
using CacheOrleans.EndToEnd.Processes;
using CacheOrleans.Testing;
using StackExchange.Redis;

namespace CacheOrleans.EndToEnd.Outages;

/// <summary>Three silos over a real Redis, with short breaks; started once for all outages.</summary>
public sealed class OutageCluster : IAsyncLifetime
{
    /// <summary>The settings that its silos start with, in the form of the API.</summary>
    internal const string ShortBreaks =
        """{ "breakDurationSeconds": 2, "maxBreakDurationSeconds": 4, "jitter": 0.1 }""";

    private readonly List<SiloProcess> _silos = [];
    private readonly GarnetServer _membership = new();
    private SiloSettings _settings = null!;

    internal IReadOnlyList<SiloProcess> Silos => _silos;

    internal RedisServer? Redis { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Redis = RedisServer.TryLaunch();
        if (Redis is null)
        {
            return;
        }

        _membership.Start();
        _settings = new SiloSettings
        {
            Redis = Redis.ConnectionString,
            Membership = _membership.ConnectionString,
            More = new() { ["Breaker__BreakDuration"] = "00:00:02", ["Breaker__MaxBreakDuration"] = "00:00:04" },
        };
        for (var i = 0; i < 3; i++)
        {
            _silos.Add(await SiloProcess.StartAsync(_settings));
        }

        await SiloProcess.KnowEachOtherAsync(_silos);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in Enumerable.Reverse(_silos))
        {
            await silo.DisposeAsync();
        }

        _membership.Dispose();
        Redis?.Dispose();
    }

    /// <summary>Starts a silo in place of a killed one.</summary>
    internal async Task ReplaceAsync(SiloProcess killed)
    {
        await killed.DisposeAsync();
        _silos[_silos.IndexOf(killed)] = await SiloProcess.StartAsync(_settings);
        await SiloProcess.KnowEachOtherAsync(_silos);
    }

    internal static async Task<JsonNode> BreakerAsync(SiloProcess silo) =>
        JsonNode.Parse(await silo.Http.GetStringAsync("/api/breaker"))!;

    internal Task<JsonNode> BreakerAsync() => BreakerAsync(_silos[0]);

    internal Task StateAsync(string state) => Eventually.TrueAsync(
        async () =>
        {
            var breaker = await BreakerAsync();
            var silos = breaker["silos"]!.AsArray();
            return (string?)breaker["state"] == state
                && silos.Count == 3 && silos.All(silo => (string?)silo!["state"] == state);
        },
        $"the breaker is {state} in the cluster and in every silo");

    internal async Task<long> FallbacksAsync(IEnumerable<string> caches)
    {
        var counts = await Task.WhenAll(caches.Select(cache => _silos[0].ClusterCountAsync(cache, "fallback")));
        return counts.Sum();
    }

    internal async Task ChangeAsync(string settings)
    {
        using var content = new StringContent(settings, Encoding.UTF8, "application/json");
        using var response = await _silos[0].Http.PatchAsync("/api/breaker/settings", content);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Returns whether Redis has all of the given keys.</summary>
    internal async Task<bool> HoldsAsync(IEnumerable<string> keys)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(Redis!.ConnectionString);
        RedisKey[] wanted = [.. keys.Select(key => (RedisKey)key)];
        return await redis.GetDatabase().KeyExistsAsync(wanted) == wanted.Length;
    }

    internal async Task AdminAsync(string command, params object[] arguments)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"{Redis!.ConnectionString},allowAdmin=true");
        await redis.GetDatabase().ExecuteAsync(command, arguments);
    }
}

using System.Text;
using System.Text.Json.Nodes;
using CacheOrleans.EndToEnd.Processes;
using CacheOrleans.Testing;
using StackExchange.Redis;

namespace CacheOrleans.EndToEnd.Outages;

/// <summary>Three silos over a real Redis, with short breaks; started once for all outages.</summary>
public sealed class OutageCluster : IAsyncLifetime
{
    private readonly List<SiloProcess> _silos = [];

    internal IReadOnlyList<SiloProcess> Silos => _silos;

    internal RedisServer? Redis { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Redis = RedisServer.TryLaunch();
        if (Redis is null)
        {
            return;
        }

        var settings = new SiloSettings
        {
            Redis = Redis.ConnectionString,
            More = new() { ["Breaker__Break"] = "00:00:02", ["Breaker__MaxBreak"] = "00:00:04" },
        };
        for (var i = 0; i < 3; i++)
        {
            _silos.Add(await SiloProcess.StartAsync(settings));
        }

        await Eventually.TrueAsync(
            async () => (await Task.WhenAll(_silos.Select(silo => silo.ActiveSilosAsync()))).All(count => count == 3),
            "the silos know each other");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in Enumerable.Reverse(_silos))
        {
            await silo.DisposeAsync();
        }

        Redis?.Dispose();
    }

    internal async Task<JsonNode> BreakerAsync() =>
        JsonNode.Parse(await _silos[0].Http.GetStringAsync("/api/breaker"))!;

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

    internal async Task AdminAsync(string command, params object[] arguments)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"{Redis!.ConnectionString},allowAdmin=true");
        await redis.GetDatabase().ExecuteAsync(command, arguments);
    }
}

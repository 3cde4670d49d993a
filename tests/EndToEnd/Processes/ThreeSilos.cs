using System.Text;
using System.Text.Json.Nodes;
using CacheOrleans.Testing;
using CacheOrleans.Testing.Processes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace CacheOrleans.EndToEnd.Processes;

/// <summary>Three silos over a real Redis, with short breaks, and applications, each in its own process; started once
/// for many tests.</summary>
/// <remarks>On a machine without Redis the first silo embeds it.</remarks>
public sealed class ThreeSilos : IAsyncLifetime
{
    /// <summary>The settings that its silos start with, in the form of the API.</summary>
    internal const string ShortBreaks =
        """{ "breakDurationSeconds": 2, "maxBreakDurationSeconds": 4, "jitter": 0.1 }""";

    private readonly List<SiloProcess> _silos = [];
    private readonly List<Clients.ClientProcess> _clients = [];
    private SiloSettings _settings = null!;
    private IHost _application = null!;
    private int _key;

    internal IReadOnlyList<SiloProcess> Silos => _silos;

    internal RedisServer? Redis { get; private set; }

    internal GarnetServer Membership { get; } = GarnetServer.Launch();

    internal IGrainFactory Grains => _application.Services.GetRequiredService<IGrainFactory>();

    public async ValueTask InitializeAsync()
    {
        Redis = RedisServer.TryLaunch();
        _settings = new SiloSettings
        {
            Redis = Redis?.ConnectionString,
            Membership = Membership.ConnectionString,
            More = new() { ["Breaker__BreakDuration"] = "00:00:02", ["Breaker__MaxBreakDuration"] = "00:00:04" },
        };
        for (var i = 0; i < 3; i++)
        {
            _silos.Add(await SiloProcess.StartAsync(_settings));
        }

        await SiloProcess.KnowEachOtherAsync(_silos);
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:Membership", Membership.ConnectionString)]);
        builder.AddCacheOrleansClusterClient();
        _application = builder.Build();
        await _application.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        _application?.Dispose();
        foreach (var silo in Enumerable.Reverse(_silos))
        {
            await silo.DisposeAsync();
        }

        Membership.Dispose();
        Redis?.Dispose();
    }

    /// <summary>Starts a silo in place of each that has ended, and waits until all of them know each other.</summary>
    internal Task RepairAsync() => Eventually.TrueAsync(
        async () =>
        {
            for (var i = 0; i < _silos.Count; i++)
            {
                if (_silos[i].HasExited)
                {
                    await _silos[i].DisposeAsync();
                    _silos[i] = await SiloProcess.StartAsync(_settings);
                }
            }

            try
            {
                var counts = await Task.WhenAll(_silos.Select(silo => silo.ActiveSilosAsync()));
                return counts.All(count => count == _silos.Count);
            }
            catch (HttpRequestException)
            {
                return false; // a silo that was declared dead has ended just now
            }
        },
        "three silos know each other",
        TimeSpan.FromMinutes(2));

    /// <summary>Returns some of the applications, and starts those that have ended or were not needed yet.</summary>
    internal async Task<IReadOnlyList<Clients.ClientProcess>> ClientsAsync(int count)
    {
        foreach (var ended in _clients.Where(client => client.HasExited).ToList())
        {
            await ended.DisposeAsync();
            _clients.Remove(ended);
        }

        _clients.AddRange(
            await Task.WhenAll(Enumerable.Range(0, Math.Max(0, count - _clients.Count)).Select(_ => ConnectAsync())));
        return [.. _clients.Take(count)];
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

    /// <remarks>Until it is connected it loads by itself; afterwards its sets reach the other applications.</remarks>
    private async Task<Clients.ClientProcess> ConnectAsync()
    {
        var client = await Clients.ClientProcess.StartAsync(Membership.ConnectionString);
        var key = Interlocked.Decrement(ref _key);
        await Eventually.TrueAsync(
            async () => (await client.DoAsync(new(key, Action: "set", Value: "set"))).Errors[0] is null,
            "the client is connected");
        return client;
    }
}

using System.Diagnostics;
using System.Text.Json.Nodes;
using CacheOrleans.EndToEnd.Processes;
using CacheOrleans.Testing;
using StackExchange.Redis;

namespace CacheOrleans.EndToEnd.Outages;

/// <summary>Three silos over a real Redis that goes in several ways, under a steady load.</summary>
public sealed class OutageTests : IAsyncLifetime
{
    private readonly List<SiloProcess> _silos = [];
    private RedisServer? _redis;

    public async ValueTask InitializeAsync()
    {
        _redis = RedisServer.TryLaunch();
        Assert.SkipWhen(_redis is null, "There is no redis-server on this machine.");
        var settings = new SiloSettings
        {
            Redis = _redis.ConnectionString,
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

        _redis?.Dispose();
    }

    [Fact]
    [Trait("Row", "B1")]
    public Task Killed() => RunAsync(
        () => Do(_redis!.Stop),
        () => Do(_redis!.Start));

    [Fact]
    public Task Frozen() => RunAsync(
        () => Do(_redis!.Pause),
        () => Do(_redis!.Resume));

    [Fact]
    [Trait("Row", "W5")]
    public Task OutOfMemory_ReadsSucceedAndWritesFail() => RunAsync(
        () => AdminAsync("CONFIG", "SET", "maxmemory", "1"),
        () => AdminAsync("CONFIG", "SET", "maxmemory", "0"));

    [Fact]
    public Task PausedByItsOwnCommand() => RunAsync(
        () => AdminAsync("CLIENT", "PAUSE", "600000", "ALL"),
        () => AdminAsync("CLIENT", "UNPAUSE"));

    [Fact]
    public async Task RestartedWithEmptyData_NoRequestFails()
    {
        await using var load = new SteadyLoad(_silos);
        await load.MoreAsync(200);
        _redis!.Restart();
        await load.MoreAsync(500);
        await StateAsync("closed");
        await load.StopAsync();

        var breaker = await BreakerAsync();
        Assert.InRange((int)breaker["openings"]!, 0, 1);
        await CheckAsync(load, "restarted empty");
    }

    private static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private async Task RunAsync(Func<Task> take, Func<Task> giveBack)
    {
        await using var load = new SteadyLoad(_silos);
        await load.MoreAsync(200);

        var start = Stopwatch.GetTimestamp();
        await take();
        await StateAsync("open");
        var opened = Stopwatch.GetElapsedTime(start);
        await load.MoreAsync(200);
        await Eventually.TrueAsync(
            async () => (int)(await BreakerAsync())["attempt"]! > 0, "the probes have failed and it has opened again");

        start = Stopwatch.GetTimestamp();
        await giveBack();
        await StateAsync("closed");
        var closed = Stopwatch.GetElapsedTime(start);
        await load.MoreAsync(200);
        await load.StopAsync();

        Assert.Equal(1, (int)(await BreakerAsync())["openings"]!);
        await CheckAsync(load, $"opened after {opened.TotalMilliseconds:F0} ms, closed {closed.TotalMilliseconds:F0} ms "
            + "after the end");
    }

    private async Task CheckAsync(SteadyLoad load, string what)
    {
        var fallbacks = 0L;
        foreach (var cache in SteadyLoad.ColdCaches)
        {
            fallbacks += await _silos[0].ClusterCountAsync(cache, "fallback");
        }

        TestContext.Current.SendDiagnosticMessage(
            $"{TestContext.Current.TestMethod!.MethodName}: {what}; {load.Answered} requests, "
            + $"{load.Failures.Count} failed, slowest {load.Slowest.TotalMilliseconds:F0} ms; "
            + $"{load.ColdKeys} cold keys, {fallbacks} fallbacks");
        Assert.Empty(load.Failures);
        Assert.Equal(load.ColdKeys, fallbacks);
    }

    private Task StateAsync(string state) => Eventually.TrueAsync(
        async () =>
        {
            var breaker = await BreakerAsync();
            var silos = breaker["silos"]!.AsArray();
            return (string?)breaker["state"] == state
                && silos.Count == 3 && silos.All(silo => (string?)silo!["state"] == state);
        },
        $"the breaker is {state} in the cluster and in every silo");

    private async Task<JsonNode> BreakerAsync() =>
        JsonNode.Parse(await _silos[0].Http.GetStringAsync("/api/breaker"))!;

    private async Task AdminAsync(string command, params object[] arguments)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"{_redis!.ConnectionString},allowAdmin=true");
        await redis.GetDatabase().ExecuteAsync(command, arguments);
    }
}

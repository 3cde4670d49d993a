using System.Diagnostics;
using CacheOrleans.EndToEnd.Processes;
using CacheOrleans.Testing;

namespace CacheOrleans.EndToEnd.Outages;

/// <summary>Redis fails in several ways, under a steady load of cold and warm keys.</summary>
[Collection(nameof(ThreeSilos))]
public sealed class OutageTests(ThreeSilos cluster) : IAsyncLifetime
{
    private long _fallbacks;
    private int _openings;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(cluster.Redis is null, "There is no redis-server on this machine.");
        await cluster.RepairAsync();
        await cluster.StateAsync("closed");
        _openings = await OpeningsAsync();
        _fallbacks = await cluster.FallbacksAsync(SteadyLoad.ColdCaches);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    [Trait("Row", "B1")]
    [Trait("Row", "L5")]
    [Trait("Row", "W3")]
    public Task RedisKilled_NoRequestFails() => RunAsync(
        () => Do(cluster.Redis!.Stop),
        () => Do(cluster.Redis!.Start));

    [Fact]
    public Task RedisFrozen_NoRequestFails() => RunAsync(
        () => Do(cluster.Redis!.Pause),
        () => Do(cluster.Redis!.Resume));

    [Fact]
    [Trait("Row", "W5")]
    public Task RedisOutOfMemory_OnlyWritesFail_NoRequestFails() => RunAsync(
        () => cluster.AdminAsync("CONFIG", "SET", "maxmemory", "1"),
        () => cluster.AdminAsync("CONFIG", "SET", "maxmemory", "0"));

    /// <remarks>A paused server accepts no command to end the pause; it ends by itself.</remarks>
    [Fact(Skip = LongRuns.Reason, SkipType = typeof(LongRuns), SkipUnless = nameof(LongRuns.AreWanted))]
    public Task RedisPausedByCommand_NoRequestFails() => RunAsync(
        () => cluster.AdminAsync("CLIENT", "PAUSE", "15000", "ALL"),
        () => Task.CompletedTask);

    [Fact]
    public async Task RedisRestartedEmpty_NoRequestFails()
    {
        await using var load = new SteadyLoad(cluster.Silos);
        await load.MoreAsync(200);
        cluster.Redis!.Restart();
        await load.MoreAsync(500);
        await cluster.StateAsync("closed");
        await load.StopAsync();

        Assert.InRange(await OpeningsAsync() - _openings, 0, 1);
        await CheckAsync(load, "restarted empty");
    }

    /// <remarks>Redis answers reads throughout and only refuses writes, so the monitor can be queried.</remarks>
    [Fact]
    [Trait("Row", "B1")]
    [Trait("Row", "W2")]
    public async Task Open_RedisReceivesOnlyTheDriversKeepAlive()
    {
        await cluster.ChangeAsync("""{ "breakDurationSeconds": 600, "maxBreakDurationSeconds": 600 }""");
        await using var load = new SteadyLoad(cluster.Silos);
        await cluster.AdminAsync("CONFIG", "SET", "maxmemory", "1");
        await cluster.StateAsync("open");
        await load.MoreAsync(200);

        using var monitor = await RedisMonitor.StartAsync(cluster.Redis!.Port);
        await load.MoreAsync(1000);
        await cluster.Silos[0].Http.DeleteAsync("/api/caches/country/entry?code=KR");
        await cluster.AdminAsync("ECHO", "that was all");
        var commands = await monitor.ReadUntilAsync("that was all");

        await cluster.AdminAsync("CONFIG", "SET", "maxmemory", "0");
        await cluster.Silos[1].Http.PostAsync("/api/breaker/close", null);
        await cluster.ChangeAsync(ThreeSilos.ShortBreaks);
        await cluster.StateAsync("closed");
        await load.StopAsync();
        Assert.DoesNotContain(commands, command => command.Contains("cacheorleans:", StringComparison.Ordinal));
        await CheckAsync(load, $"{commands.Count} commands while open, none of them ours");
    }

    private static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private async Task RunAsync(Func<Task> disrupt, Func<Task> restore)
    {
        await using var load = new SteadyLoad(cluster.Silos);
        await load.MoreAsync(200);

        await disrupt();
        var start = Stopwatch.GetTimestamp();
        await cluster.StateAsync("open");
        var opened = Stopwatch.GetElapsedTime(start);
        var before = load.StoreKeys.Count;
        await load.MoreAsync(200);
        var queued = load.StoreKeys.Skip(before).ToList();
        await Eventually.TrueAsync(
            async () => (int)(await cluster.BreakerAsync())["attempt"]! > 0,
            "the probes have failed and the breaker has opened again");

        start = Stopwatch.GetTimestamp();
        await restore();
        await cluster.StateAsync("closed");
        var closed = Stopwatch.GetElapsedTime(start);
        await load.MoreAsync(200);
        await load.StopAsync();

        Assert.Equal(1, await OpeningsAsync() - _openings);
        Assert.NotEmpty(queued);
        await Eventually.TrueAsync(
            () => cluster.HoldsAsync(queued), "the queued writes have reached Redis");
        await CheckAsync(
            load,
            $"opened after {opened.TotalMilliseconds:F0} ms, "
                + $"closed {closed.TotalMilliseconds:F0} ms after Redis was restored");
    }

    private async Task CheckAsync(SteadyLoad load, string what)
    {
        var fallbacks = await cluster.FallbacksAsync(SteadyLoad.ColdCaches) - _fallbacks;
        TestContext.Current.SendDiagnosticMessage(
            $"{TestContext.Current.TestMethod!.MethodName}: {what}; {load.Answered} requests, "
            + $"{load.Failures.Count} failed, slowest {load.Slowest.TotalMilliseconds:F0} ms; "
            + $"{load.ColdKeys} cold keys, {fallbacks} fallbacks");
        Assert.Empty(load.Failures);
        Assert.Equal(load.ColdKeys, fallbacks);
    }

    private async Task<int> OpeningsAsync() => (int)(await cluster.BreakerAsync())["openings"]!;
}

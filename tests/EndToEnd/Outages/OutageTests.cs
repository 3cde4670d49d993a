using System.Diagnostics;
using CacheOrleans.Testing;

namespace CacheOrleans.EndToEnd.Outages;

/// <summary>Redis goes in several ways, under a steady load of cold and warm keys.</summary>
[Collection(nameof(OutageCluster))]
public sealed class OutageTests(OutageCluster cluster) : IAsyncLifetime
{
    private long _fallbacks;
    private int _openings;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(cluster.Redis is null, "There is no redis-server on this machine.");
        await cluster.StateAsync("closed");
        _openings = await OpeningsAsync();
        _fallbacks = await cluster.FallbacksAsync(SteadyLoad.ColdCaches);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    [Trait("Row", "B1")]
    [Trait("Row", "L5")]
    [Trait("Row", "W3")]
    public Task Killed() => RunAsync(
        () => Do(cluster.Redis!.Stop),
        () => Do(cluster.Redis!.Start));

    [Fact]
    public Task Frozen() => RunAsync(
        () => Do(cluster.Redis!.Pause),
        () => Do(cluster.Redis!.Resume));

    [Fact]
    [Trait("Row", "W5")]
    public Task OutOfMemory_ReadsSucceedAndWritesFail() => RunAsync(
        () => cluster.AdminAsync("CONFIG", "SET", "maxmemory", "1"),
        () => cluster.AdminAsync("CONFIG", "SET", "maxmemory", "0"));

    /// <remarks>A paused server takes no command to end the pause: it ends by itself.</remarks>
    [Fact(Skip = LongRuns.Reason, SkipType = typeof(LongRuns), SkipUnless = nameof(LongRuns.AreWanted))]
    public Task PausedByItsOwnCommand() => RunAsync(
        () => cluster.AdminAsync("CLIENT", "PAUSE", "15000", "ALL"),
        () => Task.CompletedTask);

    [Fact]
    public async Task RestartedWithEmptyData_NoRequestFails()
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

    /// <remarks>Redis answers all the time, so it could be asked; it only takes no writes.</remarks>
    [Fact]
    [Trait("Row", "B1")]
    [Trait("Row", "W2")]
    public async Task Open_RedisHearsNothingButTheDriversKeepAlive()
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
        await cluster.ChangeAsync(OutageCluster.ShortBreaks);
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

    private async Task RunAsync(Func<Task> take, Func<Task> giveBack)
    {
        await using var load = new SteadyLoad(cluster.Silos);
        await load.MoreAsync(200);

        await take();
        var start = Stopwatch.GetTimestamp();
        await cluster.StateAsync("open");
        var opened = Stopwatch.GetElapsedTime(start);
        var before = load.StoreKeys.Count;
        await load.MoreAsync(200);
        var held = load.StoreKeys.Skip(before).ToList();
        await Eventually.TrueAsync(
            async () => (int)(await cluster.BreakerAsync())["attempt"]! > 0,
            "the probes have failed and it has opened again");

        start = Stopwatch.GetTimestamp();
        await giveBack();
        await cluster.StateAsync("closed");
        var closed = Stopwatch.GetElapsedTime(start);
        await load.MoreAsync(200);
        await load.StopAsync();

        Assert.Equal(1, await OpeningsAsync() - _openings);
        Assert.NotEmpty(held);
        await Eventually.TrueAsync(
            () => cluster.HoldsAsync(held), "the writes that were held have reached Redis");
        await CheckAsync(
            load,
            $"opened after {opened.TotalMilliseconds:F0} ms, "
                + $"closed {closed.TotalMilliseconds:F0} ms after it was given back");
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

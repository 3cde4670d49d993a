using System.Globalization;
using System.Net;
using CacheOrleans.EndToEnd.Outages;
using CacheOrleans.Testing;
using StackExchange.Redis;

namespace CacheOrleans.EndToEnd.Processes;

/// <summary>Sets and removes that were accepted while Redis is skipped: silos stop gracefully, or queues are full, and
/// later reads never return the old values.</summary>
public sealed class AcceptedWriteTests : IAsyncLifetime
{
    private const int Count = 50;

    private static readonly TimeSpan LongBreak = TimeSpan.FromMinutes(10);

    private readonly RedisServer? _redis = RedisServer.TryLaunch();
    private readonly GarnetServer _membership = new();
    private readonly List<SiloProcess> _silos = [];
    private SiloSettings _settings = null!;

    private static IEnumerable<int> Sets => Enumerable.Range(0, Count);

    private static IEnumerable<int> Removes => Enumerable.Range(Count, Count);

    public ValueTask InitializeAsync()
    {
        Assert.SkipWhen(_redis is null, "There is no redis-server on this machine.");
        _membership.Start();
        _settings = new SiloSettings
        {
            Redis = _redis.ConnectionString,
            Membership = _membership.ConnectionString,
            More = new()
            {
                ["Http__StopDelay"] = "00:00:00",
                ["Breaker__BreakDuration"] = $"{LongBreak:c}",
                ["Breaker__MinimumCaches"] = "1",
                ["WriteBehind__MaxRetryDelay"] = "00:00:00.1",
                ["Caches__plain__Key"] = "plain:{id}",
                ["Caches__plain__TimeToLive"] = "01:00:00",
            },
        };
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }

        _membership.Dispose();
        _redis?.Dispose();
    }

    [Fact(Skip = LongRuns.Reason, SkipType = typeof(LongRuns), SkipUnless = nameof(LongRuns.AreWanted))]
    public async Task IsolatedManually_SilosStopOneAfterTheOther_NothingIsUndone()
    {
        var first = await StartAsync();
        var second = await StartAsync();
        await SiloProcess.KnowEachOtherAsync(_silos);
        await PutOldAsync(first);
        await IsolateAsync(first);
        await ChangeAsync(first);

        Assert.Equal(0, await first.StopAsync());
        Assert.Contains("to other silos", first.Output, StringComparison.Ordinal);
        await Eventually.TrueAsync(
            async () => await UndoneAsync(second) is [], "the silo that stays answers with what it took over");

        Assert.Equal(0, await second.StopAsync());
        Assert.DoesNotContain("undone", first.Output + second.Output, StringComparison.Ordinal);
        await AssertNothingIsUndoneAsync();
    }

    [Fact]
    public async Task Open_LastSiloStopsAfterRedisRecovers_NothingIsUndone()
    {
        var silo = await StartAsync();
        await PutOldAsync(silo);
        await OpenAsync(silo);
        await AdminAsync("CONFIG", "SET", "maxmemory", "0");
        await ChangeAsync(silo);

        Assert.Equal(0, await silo.StopAsync());

        Assert.DoesNotContain("undone", silo.Output, StringComparison.Ordinal);
        await AssertNothingIsUndoneAsync();
    }

    [Theory(Skip = LongRuns.Reason, SkipType = typeof(LongRuns), SkipUnless = nameof(LongRuns.AreWanted))]
    [InlineData(false)]
    [InlineData(true)]
    public async Task IsolatedOrOpen_ThreeSilosRestartUnderLoad_NothingIsUndone(bool isOpen)
    {
        for (var i = 0; i < 3; i++)
        {
            await StartAsync();
        }

        await SiloProcess.KnowEachOtherAsync(_silos);
        await PutOldAsync(_silos[0]);
        await (isOpen ? OpenAsync(_silos[0]) : IsolateAsync(_silos[0]));
        await using var load = new ChangingLoad(_silos);
        for (var i = 0; i < 3; i++)
        {
            await load.MoreAsync(300);
            var leaving = _silos[0];
            load.Leave(leaving);
            Assert.Equal(0, await leaving.StopAsync());
            Assert.DoesNotContain("undone", leaving.Output, StringComparison.Ordinal);
            await leaving.DisposeAsync();
            _silos.RemoveAt(0);
            load.Join(await StartAsync());
            await SiloProcess.KnowEachOtherAsync(_silos);
        }

        await load.StopAsync();
        var fresh = _silos[^1];
        Assert.Empty(await load.UndoneAsync(fresh));
        await AdminAsync("CONFIG", "SET", "maxmemory", "0");
        await PostAsync(fresh, "/api/breaker/close");
        await Eventually.TrueAsync(
            async () => (await Task.WhenAll(_silos.Select(QueuedAsync))).Sum() == 0, "all writes have reached Redis");
        foreach (var silo in _silos.ToList())
        {
            await silo.KillAsync();
        }

        Assert.Empty(await load.UndoneAsync(await StartAsync()));
        TestContext.Current.TestOutputHelper?.WriteLine($"{load.Acknowledged} changes");
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(10, Skip = LongRuns.Reason, SkipType = typeof(LongRuns), SkipUnless = nameof(LongRuns.AreWanted))]
    public async Task QueueIsFull_OldValues_AreNotReadAgain(int removeCapacity)
    {
        _settings.More["WriteBehind__Capacity"] = "100";
        _settings.More["WriteBehind__RemoveCapacity"] = $"{removeCapacity}";
        var silo = await StartAsync();
        await PutOldAsync(silo);
        await IsolateAsync(silo);
        await ChangeAsync(silo);
        await Task.WhenAll(Enumerable.Range(2 * Count, 100).Select(id => ChangingLoad.PutAsync(silo, id, 3)));
        await PostAsync(silo, "/api/breaker/close");
        await Eventually.TrueAsync(async () => await QueuedAsync(silo) == 0, "all writes have reached Redis");
        await silo.KillAsync();

        var fresh = await StartAsync();
        var values = await Task.WhenAll(Sets.Concat(Removes).Select(id => ValueAsync(fresh, id)));
        Assert.DoesNotContain("1", values);
    }

    /// <summary>Checks the keys with a new silo. A read that Redis does not answer in time is a miss and is repeated;
    /// an old value would stay.</summary>
    private async Task AssertNothingIsUndoneAsync()
    {
        var fresh = await StartAsync();
        await Eventually.TrueAsync(async () => await UndoneAsync(fresh) is [], "no change was undone");
    }

    /// <summary>Returns the keys whose last change was undone: they were set and have another value, or were removed
    /// and have a value.</summary>
    private static async Task<IReadOnlyList<string>> UndoneAsync(SiloProcess silo)
    {
        var undone = await Task.WhenAll(Sets.Concat(Removes).Select(async id =>
            await ValueAsync(silo, id) is var value && value == (id < Count ? "2" : null) ? null : $"{id}: {value}"));
        return [.. undone.OfType<string>()];
    }

    private static Task ChangeAsync(SiloProcess silo) => Task.WhenAll(
        [.. Sets.Select(id => ChangingLoad.PutAsync(silo, id, 2)), .. Removes.Select(id => DeleteAsync(silo, id))]);

    private static async Task DeleteAsync(SiloProcess silo, int id)
    {
        using var response = await silo.Http.DeleteAsync(ChangingLoad.Path(id));
        Assert.Equal("queued", response.Headers.GetValues("X-Cache-Write").Single());
    }

    private static async Task<string?> ValueAsync(SiloProcess silo, int id)
    {
        using var response = await silo.Http.GetAsync(ChangingLoad.Path(id));
        return response.StatusCode == HttpStatusCode.OK ? await response.Content.ReadAsStringAsync() : null;
    }

    private static async Task PostAsync(SiloProcess silo, string path)
    {
        using var response = await silo.Http.PostAsync(path, null);
        response.EnsureSuccessStatusCode();
    }

    private static async Task<int> QueuedAsync(SiloProcess silo)
    {
        var metrics = await silo.Http.GetStringAsync("/metrics");
        return metrics.Split('\n')
            .Where(line => line.StartsWith("cacheorleans_write_behind_queued{", StringComparison.Ordinal))
            .Sum(line => int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));
    }

    private async Task<SiloProcess> StartAsync()
    {
        var silo = await SiloProcess.StartAsync(_settings);
        _silos.Add(silo);
        return silo;
    }

    /// <summary>Sets all keys, and waits until Redis has them.</summary>
    private async Task PutOldAsync(SiloProcess silo)
    {
        await Task.WhenAll(Sets.Concat(Removes).Select(id => ChangingLoad.PutAsync(silo, id, 1)));
        await using var redis = await ConnectionMultiplexer.ConnectAsync(_redis!.ConnectionString);
        RedisKey[] keys = [.. Sets.Concat(Removes).Select(id => (RedisKey)$"cacheorleans:plain:v1:plain:{id}")];
        await Eventually.TrueAsync(
            async () => await redis.GetDatabase().KeyExistsAsync(keys) == keys.Length, "Redis has the old values");
    }

    private async Task IsolateAsync(SiloProcess silo)
    {
        await PostAsync(silo, "/api/breaker/isolate");
        await EverySiloIsAsync("isolated");
    }

    /// <summary>Makes Redis refuse writes until every silo skips it.</summary>
    private async Task OpenAsync(SiloProcess silo)
    {
        await AdminAsync("CONFIG", "SET", "maxmemory", "1");
        await Eventually.TrueAsync(
            async () =>
            {
                await Task.WhenAll(Removes.Select(
                    version => silo.Http.DeleteAsync($"/api/caches/home/entry?version={version}")));
                return (string?)(await OutageCluster.BreakerAsync(silo))["state"] == "open";
            },
            "the breaker opens");
        await EverySiloIsAsync("open");
    }

    private Task EverySiloIsAsync(string state) => Eventually.TrueAsync(
        async () => (await OutageCluster.BreakerAsync(_silos[0]))["silos"]!.AsArray() is var silos
            && silos.Count == _silos.Count && silos.All(one => (string?)one!["state"] == state),
        $"the breaker of every silo is {state}");

    private async Task AdminAsync(string command, params object[] arguments)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"{_redis!.ConnectionString},allowAdmin=true");
        await redis.GetDatabase().ExecuteAsync(command, arguments);
    }
}

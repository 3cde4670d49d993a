using System.Net;
using CacheOrleans.Testing;
using CacheOrleans.Testing.Processes;
using StackExchange.Redis;

namespace CacheOrleans.EndToEnd.Processes;

/// <summary>Sets and removes that were accepted while Redis is skipped: silos stop gracefully, or queues are full, and
/// later reads never return the old values.</summary>
[Collection(nameof(LoneSilo))]
public sealed class AcceptedWriteTests(LoneSilo lone)
{
    private const int Count = 50;

    private static int _last = 10_000;

    private readonly int _from = Interlocked.Add(ref _last, 10_000);
    private readonly List<SiloProcess> _silos = lone.Silos;

    private IEnumerable<int> Sets => Enumerable.Range(_from, Count);

    private IEnumerable<int> Removes => Enumerable.Range(_from + Count, Count);

    [Fact(Skip = LongRuns.Reason, SkipType = typeof(LongRuns), SkipUnless = nameof(LongRuns.AreWanted))]
    public async Task IsolatedManually_SilosStopOneAfterTheOther_NothingIsUndone()
    {
        var first = await lone.OneAsync();
        var second = await lone.StartAsync();
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
    [Trait("Row", "L1")]
    public async Task Open_LastSiloStopsAfterRedisRecovers_NothingIsUndone()
    {
        var silo = await lone.OneAsync();
        await PutOldAsync(silo);
        await OpenAsync(silo);
        await Task.WhenAll(Sets.Select(version => silo.SourceAsync($"country/entry?code=KR&version={version}")));
        await lone.AdminAsync("CONFIG", "SET", "maxmemory", "0");
        await ChangeAsync(silo);

        Assert.Equal(0, await silo.StopAsync());

        Assert.DoesNotContain("undone", silo.Output, StringComparison.Ordinal);
        await AssertNothingIsUndoneAsync();
        foreach (var version in Sets)
        {
            Assert.Equal("redis", await _silos[^1].SourceAsync($"country/entry?code=KR&version={version}"));
        }
    }

    [Theory(Skip = LongRuns.Reason, SkipType = typeof(LongRuns), SkipUnless = nameof(LongRuns.AreWanted))]
    [InlineData(false)]
    [InlineData(true)]
    public async Task IsolatedOrOpen_ThreeSilosRestartUnderLoad_NothingIsUndone(bool isOpen)
    {
        await lone.OneAsync();
        await lone.StartAsync();
        await lone.StartAsync();
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
            load.Join(await lone.StartAsync());
            await SiloProcess.KnowEachOtherAsync(_silos);
        }

        await load.StopAsync();
        var fresh = _silos[^1];
        Assert.Empty(await load.UndoneAsync(fresh));
        await lone.AdminAsync("CONFIG", "SET", "maxmemory", "0");
        await PostAsync(fresh, "/api/breaker/close");
        await Eventually.TrueAsync(
            async () => (await Task.WhenAll(_silos.Select(silo => silo.QueuedWritesAsync()))).Sum() == 0,
            "all writes have reached Redis");
        foreach (var silo in _silos.ToList())
        {
            await silo.KillAsync();
        }

        Assert.Empty(await load.UndoneAsync(await lone.StartAsync()));
        TestContext.Current.TestOutputHelper?.WriteLine($"{load.Acknowledged} changes");
    }

    [Fact]
    public async Task QueueIsFull_OldValues_AreNotReadAgain() => await OverflowAsync(await lone.OneAsync());

    [Fact(Skip = LongRuns.Reason, SkipType = typeof(LongRuns), SkipUnless = nameof(LongRuns.AreWanted))]
    public async Task QueuesOfSetsAndRemovesAreFull_OldValues_AreNotReadAgain()
    {
        await lone.EndAsync();
        await OverflowAsync(await lone.StartAsync(removeCapacity: 10));
    }

    private async Task OverflowAsync(SiloProcess silo)
    {
        await PutOldAsync(silo);
        await IsolateAsync(silo);
        await ChangeAsync(silo);
        await Task.WhenAll(Enumerable.Range(_from + (2 * Count), LoneSilo.Capacity).Select(
            id => ChangingLoad.PutAsync(silo, id, 3)));
        await PostAsync(silo, "/api/breaker/close");
        await Eventually.TrueAsync(async () => await silo.QueuedWritesAsync() == 0, "all writes have reached Redis");
        await silo.KillAsync();

        var fresh = await lone.StartAsync();
        var values = await Task.WhenAll(Sets.Concat(Removes).Select(id => ValueAsync(fresh, id)));
        Assert.DoesNotContain("1", values);
    }

    /// <summary>Checks the keys with a new silo. A read that Redis does not answer in time is a miss and is repeated;
    /// an old value would stay.</summary>
    private async Task AssertNothingIsUndoneAsync()
    {
        var fresh = await lone.StartAsync();
        await Eventually.TrueAsync(async () => await UndoneAsync(fresh) is [], "no change was undone");
    }

    /// <summary>Returns the keys whose last change was undone: they were set and have another value, or were removed
    /// and have a value.</summary>
    private async Task<IReadOnlyList<string>> UndoneAsync(SiloProcess silo)
    {
        var undone = await Task.WhenAll(Sets.Concat(Removes).Select(async id =>
            await ValueAsync(silo, id) is var value && value == (id < _from + Count ? "2" : null)
                ? null : $"{id}: {value}"));
        return [.. undone.OfType<string>()];
    }

    private Task ChangeAsync(SiloProcess silo) => Task.WhenAll(
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

    /// <summary>Sets all keys, and waits until Redis has them.</summary>
    private async Task PutOldAsync(SiloProcess silo)
    {
        await Task.WhenAll(Sets.Concat(Removes).Select(id => ChangingLoad.PutAsync(silo, id, 1)));
        await using var redis = await ConnectionMultiplexer.ConnectAsync(lone.Redis!.ConnectionString);
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
        await lone.AdminAsync("CONFIG", "SET", "maxmemory", "1");
        await Eventually.TrueAsync(
            async () =>
            {
                await Task.WhenAll(Removes.Select(
                    version => silo.Http.DeleteAsync($"/api/caches/home/entry?version={version}")));
                return (string?)(await ThreeSilos.BreakerAsync(silo))["state"] == "open";
            },
            "the breaker opens");
        await EverySiloIsAsync("open");
    }

    private Task EverySiloIsAsync(string state) => Eventually.TrueAsync(
        async () => (await ThreeSilos.BreakerAsync(_silos[0]))["silos"]!.AsArray() is var silos
            && silos.Count == _silos.Count && silos.All(one => (string?)one!["state"] == state),
        $"the breaker of every silo is {state}");
}

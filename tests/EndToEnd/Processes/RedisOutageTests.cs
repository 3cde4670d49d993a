using CacheOrleans.Testing;
using StackExchange.Redis;

namespace CacheOrleans.EndToEnd.Processes;

/// <summary>Two silos over a real Redis that is killed, frozen and brought back under load.</summary>
public sealed class RedisOutageTests : IAsyncLifetime
{
    private const int Keys = 40;
    private RedisServer? _redis;
    private SiloProcess _first = null!;
    private SiloProcess _second = null!;

    public async ValueTask InitializeAsync()
    {
        _redis = RedisServer.TryLaunch();
        Assert.SkipWhen(_redis is null, "There is no redis-server on this machine.");
        var settings = new SiloSettings { Redis = _redis.ConnectionString };
        _first = await SiloProcess.StartAsync(settings);
        _second = await SiloProcess.StartAsync(settings);
        await Eventually.TrueAsync(
            async () => await _first.ActiveSilosAsync() == 2 && await _second.ActiveSilosAsync() == 2,
            "both silos know each other");
    }

    public async ValueTask DisposeAsync()
    {
        if (_redis is not null)
        {
            await _second.DisposeAsync();
            await _first.DisposeAsync();
            _redis.Dispose();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Row", "L5")]
    [Trait("Row", "W3")]
    public async Task RedisGoesUnderLoad_NoRequestFails_AndHeldWritesArrive(bool isFrozen)
    {
        await LoadAsync(firstVersion: 1);
        Take(isFrozen);
        await LoadAsync(firstVersion: 1 + Keys);
        GiveBack(isFrozen);
        await LoadAsync(firstVersion: 1 + (2 * Keys));

        await using var redis = await ConnectionMultiplexer.ConnectAsync(_redis!.ConnectionString);
        await Eventually.TrueAsync(
            async () => await HeldAsync(redis.GetDatabase(), 1 + Keys)
                && await HeldAsync(redis.GetDatabase(), 1 + (2 * Keys)),
            "the writes that were held, and those after, have reached Redis");
    }

    private void Take(bool isFrozen)
    {
        if (isFrozen)
        {
            _redis!.Pause();
        }
        else
        {
            _redis!.Stop();
        }
    }

    private void GiveBack(bool isFrozen)
    {
        if (isFrozen)
        {
            _redis!.Resume();
        }
        else
        {
            _redis!.Start();
        }
    }

    /// <summary>Ten requests for each of some keys nobody has asked for, over both silos; fails when one fails.
    /// </summary>
    private async Task LoadAsync(int firstVersion) => await Task.WhenAll(Enumerable.Range(0, Keys * 10).Select(i =>
        (i / Keys % 2 == 0 ? _first : _second).SourceAsync($"home/entry?version={firstVersion + (i % Keys)}")));

    private static async Task<bool> HeldAsync(IDatabase redis, int firstVersion)
    {
        RedisKey[] keys = [.. Enumerable.Range(firstVersion, Keys).Select(v => (RedisKey)$"cache:home:v{v}:home")];
        return await redis.KeyExistsAsync(keys) == Keys;
    }
}

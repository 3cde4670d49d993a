using CacheOrleans.Entries;
using CacheOrleans.Grains.Entries;
using CacheOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Grains.Tests.Entries;

public sealed class EntryCheckTests : IAsyncLifetime
{
    private const string Key = "user/v1?user_id=1";

    private EntryCluster _cluster = null!;

    private ICacheBatchGrain Batch => _cluster.Silos.Client.GetGrain<ICacheBatchGrain>(0);

    private EntryEvictor Evictor => _cluster.Silos.GetSiloServiceProvider().GetRequiredService<EntryEvictor>();

    public async ValueTask InitializeAsync() =>
        _cluster = await EntryCluster.StartAsync(bounds: bounds => bounds.MaxCount = 2);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Check_OwnerWithoutTheEntry_IsUnknownAndNothingIsLoadedOrKept()
    {
        Assert.Equal(
            [default, default, default],
            await Batch.CheckAsync([Key, "user/v1?user_id=2", "nonsense"], [5, 5, 5]));

        await Eventually.TrueAsync(() => Evictor.Count == 0, "no entry is left");
        Assert.Equal(0, _cluster.Store.Reads);
    }

    [Fact]
    public async Task Check_Batch_ReturnsWhenEachValueEnded()
    {
        var first = await SetAsync(Key, "old");
        _cluster.Time.Advance(TimeSpan.FromSeconds(1));
        var second = await SetAsync(Key, "new");
        _cluster.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(
            [new(StampState.Ended, TimeSpan.FromSeconds(2)), new(StampState.Current), default],
            await Batch.CheckAsync([Key, Key, Key], [first, second, second + 1]));
    }

    [Fact]
    public async Task Check_LeastRecentlyUsedEntry_IsEvictedNevertheless()
    {
        var stamp = await SetAsync(Key, "one");
        await SetAsync("user/v1?user_id=2", "two");
        Assert.Equal(new(StampState.Current), await _cluster.Entry(Key).CheckAsync(stamp));

        await SetAsync("user/v1?user_id=3", "three");

        Assert.Equal(["user/v1?user_id=2", "user/v1?user_id=3"], Evictor.KeysOf("user").Order());
    }

    private async Task<long> SetAsync(string key, string value)
    {
        await _cluster.Entry(key).SetAsync(EntryCluster.Write(value));
        EntryDescription? entry = null;
        await Eventually.TrueAsync(
            async () => !(entry = await _cluster.Entry(key).DescribeAsync()).HasPendingWrite, "the store has it");
        return entry!.Stamp;
    }
}

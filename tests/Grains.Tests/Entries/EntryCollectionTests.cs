using System.Text;
using CacheOrleans.Grains.Entries;
using CacheOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace CacheOrleans.Grains.Tests.Entries;

/// <summary>Which idle entries Orleans collects, with an age limit of two seconds in place of two minutes.</summary>
public sealed class EntryCollectionTests : IAsyncLifetime
{
    private EntryCluster _cluster = null!;

    private EntryEvictor Evictor => _cluster.Silos.GetSiloServiceProvider().GetRequiredService<EntryEvictor>();

    private IManagementGrain Management => _cluster.Silos.SiloGrains().GetGrain<IManagementGrain>(0);

    public async ValueTask InitializeAsync() => _cluster = await EntryCluster.StartAsync(configure: silo =>
    {
        silo.Services.AddSingleton(TimeProvider.System);
        silo.Services.PostConfigure<GrainCollectionOptions>(options =>
        {
            options.CollectionQuantum = TimeSpan.FromMilliseconds(500);
            options.ClassSpecificCollectionAge[typeof(CacheEntryGrain).FullName!] = TimeSpan.FromSeconds(2);
        });
    });

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task IdleEntry_HoldsNothing_IsCollected()
    {
        await _cluster.Entry("plain/v1?id=1").GetAsync();
        Assert.Equal(1, Evictor.Count);

        await Eventually.TrueAsync(() => Evictor.Count == 0, "the idle entry has been collected");
        Assert.Equal(0, Evictor.Bytes);
    }

    [Fact]
    public async Task IdleEntry_ValueIsValid_Stays()
    {
        await _cluster.Entry("plain/v1?id=brief").GetAsync();
        await _cluster.Entry("user/v1?user_id=long").GetAsync();
        await SettledAsync("user/v1?user_id=long");
        await Eventually.TrueAsync(() => Evictor.Count == 1, "the entry that holds nothing has been collected");

        await Management.ForceActivationCollection(TimeSpan.Zero);

        Assert.Equal(EntryState.Value, (await _cluster.Entry("user/v1?user_id=long").DescribeAsync()).State);
        Assert.Equal(1, Evictor.Count);
    }

    [Fact]
    public async Task IdleEntry_WriteWaits_StaysUntilTheWriteHasSettled()
    {
        var gate = new TaskCompletionSource();
        _cluster.Writes.Gate = gate.Task;
        _cluster.Writes.IsHeld = true;
        await _cluster.Entry("plain/v1?id=removed").RemoveAsync();
        await _cluster.Entry("plain/v1?id=brief").GetAsync();
        await Eventually.TrueAsync(() => Evictor.Count == 1, "the entry without a write has been collected");

        await Management.ForceActivationCollection(TimeSpan.Zero);
        Assert.Equal(1, Evictor.Count);
        gate.SetResult();

        await Eventually.TrueAsync(() => Evictor.Count == 0, "the other entry has been collected after its write");
    }

    [Fact]
    public async Task IdleEntry_LifeShortenedAfterACollection_IsCollectedAtItsEnd()
    {
        var entry = _cluster.Entry("plain/v1?id=shortened");
        await entry.SetAsync(new CacheWrite("long"u8.ToArray(), TimeSpan.FromDays(1), WriteThrough: true));
        await _cluster.Entry("plain/v1?id=brief").GetAsync();
        await Eventually.TrueAsync(() => Evictor.Count == 1, "a collection has passed the entry that stays");

        await entry.SetAsync(new CacheWrite("brief"u8.ToArray(), TimeSpan.FromSeconds(1), WriteThrough: true));

        await Eventually.TrueAsync(() => Evictor.Count == 0, "the entry has been collected", TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task IdleEntry_WriteWaitedDuringACollection_IsCollectedWhenItsValueExpires()
    {
        var gate = new TaskCompletionSource();
        _cluster.Writes.Gate = gate.Task;
        var value = Encoding.UTF8.GetBytes("held back");
        await _cluster.Entry("plain/v1?id=pending").SetAsync(new CacheWrite(value, TimeSpan.FromSeconds(6)));
        await _cluster.Entry("plain/v1?id=brief").GetAsync();
        await Eventually.TrueAsync(() => Evictor.Count == 1, "a collection has passed the entry whose write waits");

        gate.SetResult();

        await Eventually.TrueAsync(() => Evictor.Count == 0, "the entry has been collected", TimeSpan.FromSeconds(30));
    }

    private Task SettledAsync(string key) => Eventually.TrueAsync(
        async () => !(await _cluster.Entry(key).DescribeAsync()).HasPendingWrite, "its write has settled");
}

using CacheOrleans.Grains.HandOver;
using CacheOrleans.Grains.Tags;
using CacheOrleans.Storage;
using CacheOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core.Internal;

namespace CacheOrleans.Grains.Tests.HandOver;

/// <summary>Waiting writes that one silo hands over to others.</summary>
public sealed class HandOverTests : IAsyncLifetime
{
    private EntryCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await EntryCluster.StartAsync(silos: 3);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Offer_ToAStayingSilo_IsAcceptedAndUsedByTheNewOwner()
    {
        var gate = new TaskCompletionSource();
        _cluster.Writes.Gate = gate.Task;
        var offered = await ClientOf(0).OfferAsync([Write(1, "set"), Write(2, null)], CancellationToken.None);

        Assert.True(offered);
        await Eventually.TrueAsync(
            async () => (await _cluster.Entry("plain/v1?id=1").GetAsync()).Source == EntrySource.Memory,
            "the owner of the entry that was set knows");
        Assert.Equal("set", EntryCluster.Text(await _cluster.Entry("plain/v1?id=1").GetAsync()));

        // The store has an older value of the second entry, whose owner knows of the remove.
        await Eventually.TrueAsync(
            async () => (await _cluster.Entry("plain/v1?id=2").DescribeAsync()).HasPendingWrite,
            "the owner of the removed entry knows");
        Put(2, "old", Stamp(-1));
        Assert.Equal(EntrySource.None, (await _cluster.Entry("plain/v1?id=2").GetAsync()).Source);

        gate.SetResult();
        await Eventually.TrueAsync(
            () => _cluster.Store["plain:v1:plain:2"]!.IsTombstone, "the store has the tombstone");
        Assert.Equal("set"u8.ToArray(), _cluster.Store["plain:v1:plain:1"]!.Value);
    }

    [Fact]
    public async Task Offer_OwnerKnowsALaterChange_ChangesNothing()
    {
        await _cluster.Entry("plain/v1?id=1").SetAsync(EntryCluster.Write("later", writeThrough: true));

        var heir = _cluster.Silos.SiloGrains().GetGrain<IHandOverTarget>("plain/v1?id=1");
        await heir.InheritAsync(Write(1, "earlier", Stamp(-1)));

        Assert.Equal("later", EntryCluster.Text(await _cluster.Entry("plain/v1?id=1").GetAsync()));
    }

    [Fact]
    public async Task Offer_ValueFromBeforeItsCacheEnded_IsRejected()
    {
        for (var silo = 0; silo < 3; silo++)
        {
            Of<CacheFloors>(silo).Raise("plain", Stamp(1));
        }

        var heir = _cluster.Silos.SiloGrains().GetGrain<IHandOverTarget>("plain/v1?id=1");
        await heir.InheritAsync(Write(1, "ended", Stamp(0)));
        Assert.Equal(EntrySource.None, (await _cluster.Entry("plain/v1?id=1").GetAsync()).Source);

        await heir.InheritAsync(Write(1, "later", Stamp(2)));
        Assert.Equal("later", EntryCluster.Text(await _cluster.Entry("plain/v1?id=1").GetAsync()));
    }

    [Fact]
    public async Task Offer_OtherSilosAreStopping_SkipsThemAndFailsIfNoneStays()
    {
        TargetsOf(1).Leave();
        for (var i = 0; i < 3; i++)
        {
            Assert.True(await ClientOf(0).OfferAsync([Write(i, "set")], CancellationToken.None));
        }

        TargetsOf(2).Leave();
        Assert.False(await ClientOf(0).OfferAsync([Write(3, "set")], CancellationToken.None));
    }

    [Fact]
    public async Task Offer_ToASiloThatDies_IsSentToAnother()
    {
        var client = ClientOf(0);
        await _cluster.Silos.KillSiloAsync(_cluster.Silos.Silos[1]);

        for (var i = 0; i < 4; i++)
        {
            var offer = client.OfferAsync([Write(i, "set")], CancellationToken.None);
            await Eventually.TrueAsync(
                () =>
                {
                    _cluster.Time.Advance(TimeSpan.FromMilliseconds(100));
                    return offer.IsCompleted;
                },
                "the offer is accepted");
            Assert.True(await offer);
        }

        await Eventually.TrueAsync(
            () => Enumerable.Range(0, 4).All(id => _cluster.Store[$"plain:v1:plain:{id}"] is not null),
            "every accepted write is stored");
    }

    /// <remarks>This happens when the silo stops that hosts the key's part of the grain directory.</remarks>
    [Fact]
    public async Task Entry_DeactivatedWhileItsWriteWaits_InformsTheNextOwner()
    {
        var gate = new TaskCompletionSource();
        (_cluster.Writes.Gate, _cluster.Writes.IsHeld) = (gate.Task, true);
        var (set, removed) = (_cluster.Entry("plain/v1?id=1"), _cluster.Entry("plain/v1?id=2"));
        Put(1, "old", Stamp(-1));
        Put(2, "old", Stamp(-1));
        await set.SetAsync(EntryCluster.Write("set"));
        await removed.RemoveAsync();

        await LeaveAsync(set);
        await LeaveAsync(removed);

        await Eventually.TrueAsync(
            async () => (await set.DescribeAsync()).HasPendingWrite && (await removed.DescribeAsync()).HasPendingWrite,
            "the new owners know the waiting writes");
        Assert.Equal("set", EntryCluster.Text(await set.GetAsync()));
        Assert.Equal(EntrySource.None, (await removed.GetAsync()).Source);
        gate.SetResult();
    }

    private async Task LeaveAsync(ICacheEntryGrain entry)
    {
        Assert.True(_cluster.Silos.TryGetGrainContext(entry.GetGrainId(), out var before));
        await _cluster.Silos.SiloGrains().GetGrain<IGrainManagementExtension>(entry.GetGrainId()).DeactivateOnIdle();
        await Eventually.TrueAsync(
            () => !_cluster.Silos.TryGetGrainContext(entry.GetGrainId(), out var now) || now != before,
            "the activation is gone");
    }

    private HandOverClient ClientOf(int silo) => Of<HandOverClient>(silo);

    private HandOverTargets TargetsOf(int silo) => Of<HandOverTargets>(silo);

    private T Of<T>(int silo)
        where T : notnull => _cluster.Silos.Silos[silo].ServiceProvider.GetRequiredService<T>();

    private Stamp Stamp(int seconds) => Storage.Stamp.Next(
        _cluster.Time.GetUtcNow().AddSeconds(seconds), Storage.Stamp.None);

    private StoreWrite Write(int id, string? value, Stamp? stamp = null)
    {
        var now = _cluster.Time.GetUtcNow();
        var bytes = value is null ? null : System.Text.Encoding.UTF8.GetBytes(value);
        var record = new StoreRecord(bytes, stamp ?? Stamp(0), now, now.AddHours(1));
        return new(new("plain", $"plain:v1:plain:{id}"), record, record.ExpiresAt, Owner: $"plain/v1?id={id}");
    }

    private void Put(int id, string value, Stamp stamp) =>
        _cluster.Store.Put($"plain:v1:plain:{id}", Write(id, value, stamp).Record);
}

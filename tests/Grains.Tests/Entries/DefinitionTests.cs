using CacheOrleans.Definitions;
using CacheOrleans.Grains.Entries;
using CacheOrleans.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Grains.Tests.Entries;

/// <summary>How owners treat callers that define a cache in another way.</summary>
public sealed class DefinitionTests : IAsyncLifetime
{
    private static readonly CacheLife Life = new(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(5));
    private static readonly CacheDefinition Older = new("order", "order:{id}", Life.TimeToLive);
    private static readonly CacheDefinition Renamed = new("order", "order:{order_id}", Life.TimeToLive);
    private static readonly CacheDefinition Moved = new("order", "another:{id}", Life.TimeToLive);
    private EntryCluster _cluster = null!;

    private CacheCatalog Catalog => _cluster.Silos.GetSiloServiceProvider().GetRequiredService<CacheCatalog>();

    public async ValueTask InitializeAsync() => _cluster = await EntryCluster.StartAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task GetOrLease_WithAnotherDefinition_IsUndeclared()
    {
        await DeclareAsync(Older);
        await Entry(Older).SetAsync(EntryCluster.Write("theirs"));

        foreach (var definition in new[] { Renamed, Moved })
        {
            Assert.Equal(EntryStatus.Undeclared, (await AskAsync(definition)).Status);
            var error = await Assert.ThrowsAsync<ArgumentException>(() => DeclareAsync(definition));
            Assert.Contains("'order:{id}'", error.Message, StringComparison.Ordinal);
            Assert.Contains($"'{definition.Template}'", error.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<ArgumentException>(() => Entry(definition).SetAsync(
                EntryCluster.Write("mine") with { Definition = definition.Fingerprint }));
            Assert.Equal(EntryStatus.Undeclared, (await AskAsync(definition)).Status);
        }

        Assert.Equal(EntryStatus.Value, (await AskAsync(Older)).Status);
    }

    [Fact]
    public async Task GetOrLease_WithoutADefinition_IsAnsweredAsBefore()
    {
        await DeclareAsync(Older);
        await Entry(Older).SetAsync(EntryCluster.Write("value"));

        var reply = await Entry(Older).GetOrLeaseAsync(new(EntryDemand.Leased, TimeSpan.FromSeconds(1)));

        Assert.Equal(EntryStatus.Value, reply.Status);
        await Assert.ThrowsAsync<ArgumentException>(
            () => Entry(Renamed).GetOrLeaseAsync(new(EntryDemand.Leased, TimeSpan.FromSeconds(1))));
    }

    [Fact]
    public async Task GetOrLease_RegisteredCacheWithAnotherDefinition_StaysUndeclared()
    {
        var other = new CacheDefinition("plain", "other:{id}", Life.TimeToLive);
        _cluster.Time.Advance(TimeSpan.FromHours(2));

        Assert.Equal(EntryStatus.Undeclared, (await AskAsync(other)).Status);
        await Assert.ThrowsAsync<ArgumentException>(() => DeclareAsync(other));
    }

    [Fact]
    public async Task Declare_OtherDefinitionUnusedForAnHour_ReplacesIt()
    {
        foreach (var (old, next) in new[] { (Older, Moved), (Moved, Renamed) })
        {
            await DeclareAsync(old);
            await Entry(old).SetAsync(EntryCluster.Write("theirs"));
            for (var minutes = 0; minutes < 120; minutes += 50)
            {
                await AskAsync(old); // this counts as a use
                _cluster.Time.Advance(TimeSpan.FromMinutes(50));
                await Assert.ThrowsAsync<ArgumentException>(() => DeclareAsync(next));
            }

            _cluster.Time.Advance(TimeSpan.FromMinutes(15));

            // This leaves a value of the former definition.
            await Entry(old).SetAsync(new CacheWrite([1], TimeSpan.FromHours(9)));
            _cluster.Time.Advance(TimeSpan.FromMinutes(62));

            // The owner may have been activated with the former definition: its next activation uses the newer one.
            await DeclareAsync(next);
            Assert.Equal(EntryStatus.Leased, (await AskAsync(next)).Status);
            var entry = Entry(next, id: 2);
            await entry.SetAsync(EntryCluster.Write("mine") with { Definition = next.Fingerprint });
            Assert.Equal("mine", EntryCluster.Text(await entry.GetAsync()));
            Assert.Equal(EntryStatus.Undeclared, (await AskAsync(old, id: old == Older ? 3 : 4)).Status);
        }
    }

    [Fact]
    public async Task Declare_OneTooMany_ReplacesAnUnusedDefinition()
    {
        for (var i = 0; i < CacheCatalog.MaxDeclared; i++)
        {
            Catalog.Declare(new($"cache{i}", "{id}", Life));
        }

        await Assert.ThrowsAsync<ArgumentException>(() => DeclareAsync(Older));
        _cluster.Time.Advance(TimeSpan.FromMinutes(55));
        Catalog.Declare(new("cache7", "{id}", Life));
        _cluster.Time.Advance(TimeSpan.FromMinutes(10));

        await DeclareAsync(Older);

        Assert.Equal(EntryStatus.Leased, (await AskAsync(Older)).Status);
        Assert.True(Catalog.TryFind("cache7", out _));
        Assert.False(Catalog.TryFind("cache8", out _));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_RecordOfAnotherDefinitionInTheStore_IsAMiss(bool isOwn)
    {
        await DeclareAsync(Older);
        var now = _cluster.Time.GetUtcNow();
        var record = new StoreRecord(
            [1], new Stamp(7), now, now + TimeSpan.FromMinutes(1), Definition: (isOwn ? Older : Renamed).Fingerprint);
        _cluster.Store.Put("order:v1:order:1", record);

        Assert.Equal(isOwn ? EntryStatus.Value : EntryStatus.Leased, (await AskAsync(Older)).Status);
    }

    [Fact]
    public async Task Read_RecordOfAnOlderReleaseInTheStore_FindsIt()
    {
        await DeclareAsync(Older);
        var now = _cluster.Time.GetUtcNow();
        _cluster.Store.Put("order:v1:order:1", new StoreRecord([1], new Stamp(7), now, now + TimeSpan.FromMinutes(1)));

        Assert.Equal(EntryStatus.Value, (await AskAsync(Older)).Status);
    }

    [Fact]
    public async Task Set_WithADefinition_StoresTheDefinition()
    {
        await DeclareAsync(Older);

        await Entry(Older).SetAsync(EntryCluster.Write("value", writeThrough: true));

        Assert.Equal(Older.Fingerprint, _cluster.Store["order:v1:order:1"]!.Definition);
    }

    private static string KeyOf(CacheDefinition definition, int id) => definition.Key(id).Text;

    private ICacheEntryGrain Entry(CacheDefinition definition, int id = 1) => _cluster.Entry(KeyOf(definition, id));

    private Task DeclareAsync(CacheDefinition definition) =>
        Entry(definition).DeclareAsync(new(definition.Name, definition.Template.Text, Life));

    private Task<EntryReply> AskAsync(CacheDefinition definition, int id = 1) => Entry(definition, id).GetOrLeaseAsync(
        new(EntryDemand.Leased, TimeSpan.FromSeconds(1), Definition: definition.Fingerprint));
}

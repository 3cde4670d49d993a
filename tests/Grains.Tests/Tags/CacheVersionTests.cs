using CacheOrleans.Grains.Tags;
using CacheOrleans.Storage;
using CacheOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime.Services;
using Orleans.TestingHost;

namespace CacheOrleans.Grains.Tests.Tags;

/// <summary>A cache that is ended as a whole: records in the store that are not newer count as missing.</summary>
public sealed class CacheVersionTests : IAsyncLifetime
{
    private static readonly string[] Ids = [.. Enumerable.Range(0, 12).Select(number => $"{number}")];
    private TagCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await TagCluster.StartAsync(silos: 2);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task OnEnded_EverySilo_IgnoresOlderRecordsAndStoresTheVersion()
    {
        var version = _cluster.Now;
        Floors(0).OnEnded("plain", version);
        await Eventually.TrueAsync(() => Floors(1).Of("plain") == version, "the other silo knows the version");
        await Eventually.TrueAsync(
            () => _cluster.Store["@cache:plain"] is { IsTombstone: true } record && record.Stamp == version,
            "the store has the version");

        foreach (var id in Ids)
        {
            _cluster.Put(id, version);
            _cluster.Put($"new{id}", new Stamp(version.Value + 1));
            Assert.Equal(EntrySource.None, await _cluster.SourceAsync(id));
            Assert.Equal(EntrySource.Redis, await _cluster.SourceAsync($"new{id}"));
        }

        // A later set is valid, even within the same microsecond.
        await _cluster.Entry(Ids[0]).SetAsync(TagCluster.Write("set"));
        await _cluster.StoredAsync(Ids[0]);
        Assert.True(_cluster.Store[$"plain:v1:plain:{Ids[0]}"]!.Stamp > version);
    }

    [Fact]
    public async Task OnEnded_AnotherCacheAndOwnedEntries_AreKept()
    {
        await _cluster.Entry("held").SetAsync(TagCluster.Write("held"));
        Floors(0).OnEnded("plain", new Stamp(_cluster.Now.Value + 1));
        Floors(0).OnEnded("user", Stamp.None);

        Assert.Equal(EntrySource.Memory, await _cluster.SourceAsync("held"));
    }

    [Fact]
    public async Task StartingSilo_StoreLacksTheVersion_LearnsItFromOtherSilos()
    {
        var held = new TaskCompletionSource();
        _cluster.Entries.Writes.Gate = held.Task;
        Floors(0).OnEnded("plain", _cluster.Now);

        var started = await _cluster.Entries.Silos.StartAdditionalSiloAsync();

        Assert.Equal(_cluster.Now, started.ServiceProvider.GetRequiredService<CacheFloors>().Of("plain"));
        held.SetResult();
    }

    [Fact]
    public async Task VersionOnlyInTheStore_IsReadBeforeTheFirstRecordCounts()
    {
        var now = _cluster.Entries.Time.GetUtcNow();
        _cluster.Store.Put("@cache:plain", new StoreRecord(null, _cluster.Now, now, now.AddDays(1)));
        foreach (var id in Ids)
        {
            _cluster.Put(id, _cluster.Now);
            Assert.Equal(EntrySource.None, await _cluster.SourceAsync(id));
        }
    }

    /// <remarks>The message that tells of the end may be lost; the one that has entries removed says it too.</remarks>
    [Fact]
    public async Task RemoveEntries_InASiloThatHasNotHeardOfTheEnd_EndsTheCacheThereFirst()
    {
        foreach (var id in Ids)
        {
            await _cluster.Entry(id).SetAsync(TagCluster.Write("held"));
            await _cluster.StoredAsync(id);
        }

        var version = new Stamp(_cluster.Now.Value + 1_000_000);
        foreach (var silo in _cluster.Silos)
        {
            Assert.True(Floors(silo).Of("plain") < version);
            await new DirectTagClient(silo.ServiceProvider).At(silo.SiloAddress)
                .RemoveEntriesAsync("plain", version.Value);
            Assert.Equal(version, Floors(silo).Of("plain"));
        }

        foreach (var id in Ids)
        {
            _cluster.Put(id, version); // as if a write from before the end came late
            Assert.Equal(EntrySource.None, await _cluster.SourceAsync(id));
        }
    }

    private static CacheFloors Floors(InProcessSiloHandle silo) =>
        silo.ServiceProvider.GetRequiredService<CacheFloors>();

    private CacheFloors Floors(int silo) => Floors(_cluster.Silos[silo]);

    /// <summary>Calls the service of one silo.</summary>
    private sealed class DirectTagClient(IServiceProvider services) : GrainServiceClient<ITagService>(services)
    {
        public ITagService At(SiloAddress silo) => GetGrainService(silo);
    }
}

using CacheOrleans.Grains.Tags;
using CacheOrleans.Storage;
using CacheOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core.Internal;
using Orleans.TestingHost;

namespace CacheOrleans.Grains.Tests.Tags;

/// <summary>A cluster whose calls can be blocked, with operations for tests of tags.</summary>
internal sealed class TagCluster : IAsyncDisposable
{
    private TagCluster(EntryCluster entries, Traffic traffic)
    {
        Entries = entries;
        Traffic = traffic;
    }

    public EntryCluster Entries { get; }

    public Traffic Traffic { get; }

    public FakeStore Store => Entries.Store;

    public IReadOnlyList<InProcessSiloHandle> Silos => Entries.Silos.Silos;

    public Stamp Now => Stamp.Next(Entries.Time.GetUtcNow(), Stamp.None);

    public static async Task<TagCluster> StartAsync(int silos = 1)
    {
        var traffic = new Traffic();
        var entries = await EntryCluster.StartAsync(silos, configure: silo =>
            silo.Services.AddSingleton(services =>
                traffic.On(services.GetRequiredService<ILocalSiloDetails>().SiloAddress)));
        return new TagCluster(entries, traffic);
    }

    public static TagReplica Replica(InProcessSiloHandle silo) =>
        silo.ServiceProvider.GetRequiredService<TagReplica>();

    public static CacheWrite Write(string text, params string[] tags) => EntryCluster.Write(text) with { Tags = tags };

    public ITagGrain Tag(string tag) => Entries.Silos.Client.GetGrain<ITagGrain>(tag);

    public ICacheEntryGrain Entry(string id) => Entries.Entry($"plain/v1?id={id}");

    /// <summary>Puts a value into the store, as another owner would have.</summary>
    public void Put(string id, Stamp stamp, params string[] tags)
    {
        var now = Entries.Time.GetUtcNow();
        Store.Put($"plain:v1:plain:{id}", new StoreRecord(
            "stored"u8.ToArray(), stamp, now, now.AddHours(1), tags is [] ? null : tags));
    }

    /// <summary>Puts a tag's version into the store, as another activation would have.</summary>
    public void PutVersion(string tag, Stamp version)
    {
        var now = Entries.Time.GetUtcNow();
        Store.Put($"@tag:{tag}", new StoreRecord(null, version, now, now.AddDays(3650)));
    }

    /// <summary>Returns the source of a read.</summary>
    public async Task<EntrySource> SourceAsync(string id) => (await Entry(id).GetAsync()).Source;

    /// <summary>Deactivates a grain; the next call creates another activation.</summary>
    public async Task MoveAsync(IAddressable grain)
    {
        Assert.True(Entries.Silos.TryGetGrainContext(grain.GetGrainId(), out var before));
        await Entries.Silos.SiloGrains().GetGrain<IGrainManagementExtension>(grain.GetGrainId()).DeactivateOnIdle();
        await Eventually.TrueAsync(
            () => !Entries.Silos.TryGetGrainContext(grain.GetGrainId(), out var now) || now != before,
            "the activation is gone");
    }

    /// <summary>Waits until every write has reached the store.</summary>
    public Task StoredAsync(string id) => Eventually.TrueAsync(
        async () => !(await Entry(id).DescribeAsync()).HasPendingWrite, "the store has it");

    public ValueTask DisposeAsync()
    {
        Traffic.Release();
        return Entries.DisposeAsync();
    }
}

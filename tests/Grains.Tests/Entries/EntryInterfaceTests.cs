using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Metadata;

namespace CacheOrleans.Grains.Tests.Entries;

public sealed class EntryInterfaceTests
{
    /// <summary>Orleans takes the first provider's name, and its own would be found by reflection for each call.
    /// </summary>
    [Fact]
    public void OfASilo_IsNamedByOurProvider_BeforeOrleansLooks()
    {
        using var host = new HostBuilder()
            .UseOrleans(silo => silo.UseLocalhostClustering().AddCacheOrleans())
            .Build();

        var first = host.Services.GetServices<IGrainInterfaceTypeProvider>().First();

        Assert.Equal("CacheOrleans.EntryInterface", first.GetType().FullName);
        Assert.True(first.TryGetGrainInterfaceType(typeof(ICacheEntryGrain), out var name));
        Assert.Equal(host.Services.GetRequiredService<GrainInterfaceTypeResolver>()
            .GetGrainInterfaceType(typeof(ICacheEntryGrain)), name);
        Assert.False(first.TryGetGrainInterfaceType(typeof(ITagGrain), out _));
    }

    /// <summary>What clients and silos of other builds call it too.</summary>
    [Fact]
    public void OfEntries_IsWhatOrleansWouldFind()
    {
        var attribute = Assert.Single(
            typeof(ICacheEntryGrain).GetCustomAttributes(false).OfType<IGrainInterfaceTypeProviderAttribute>());
        Assert.Equal(
            GrainInterfaceType.Create("CacheOrleans.ICacheEntryGrain"),
            attribute.GetGrainInterfaceType(new ServiceCollection().BuildServiceProvider(), typeof(ICacheEntryGrain)));
    }
}

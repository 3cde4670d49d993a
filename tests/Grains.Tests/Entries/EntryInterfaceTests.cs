using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Metadata;

namespace CacheOrleans.Grains.Tests.Entries;

public sealed class EntryInterfaceTests
{
    /// <remarks>Orleans uses the first provider's name; its own provider would use reflection in each call.</remarks>
    [Fact]
    public void InterfaceName_InASilo_ComesFromOurProvider()
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

    /// <remarks>Clients and silos of other builds use the same name.</remarks>
    [Fact]
    public void InterfaceName_OfEntries_IsTheNameOrleansWouldFind()
    {
        var attribute = Assert.Single(
            typeof(ICacheEntryGrain).GetCustomAttributes(false).OfType<IGrainInterfaceTypeProviderAttribute>());
        Assert.Equal(
            GrainInterfaceType.Create("CacheOrleans.ICacheEntryGrain"),
            attribute.GetGrainInterfaceType(new ServiceCollection().BuildServiceProvider(), typeof(ICacheEntryGrain)));
    }
}

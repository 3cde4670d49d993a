using CacheOrleans.Client.Tests.Decorator;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Client.Tests;

public sealed class CachedServiceCollectionExtensionsTests
{
    [Theory]
    [InlineData(ServiceLifetime.Singleton)]
    [InlineData(ServiceLifetime.Scoped)]
    [InlineData(ServiceLifetime.Transient)]
    public void AddCached_AnyLifetime_RegistersBothServicesWithIt(ServiceLifetime lifetime)
    {
        var services = new ServiceCollection();

        Assert.Same(services, services.AddCached<IGuests, Guests>(lifetime));

        Assert.Equal([typeof(Guests), typeof(IGuests)], services.Select(service => service.ServiceType));
        Assert.All(services, service => Assert.Equal(lifetime, service.Lifetime));
    }

    [Fact]
    public void AddCached_ImplementationAlreadyRegistered_KeepsIt()
    {
        var services = new ServiceCollection().AddScoped<Guests>().AddCached<IGuests, Guests>(ServiceLifetime.Scoped);

        Assert.Equal(2, services.Count);
    }

    [Fact]
    public void AddCached_WithoutADecorator_SaysWhatToDo()
    {
        var error = Assert.Throws<InvalidOperationException>(
            () => new ServiceCollection().AddCached<IUndecorated, Stock>());

        Assert.Contains(typeof(IUndecorated).FullName!, error.Message, StringComparison.Ordinal);
        Assert.Contains("[CacheWithFallback]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddCached_GenericInterface_SaysThatTheDecoratorMustBePassed()
    {
        var error = Assert.Throws<InvalidOperationException>(
            () => new ServiceCollection().AddCached<IStock<int>, Stock>());

        Assert.Contains("Decorate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddCached_GenericAndNestedInterfaces_CachesTheirMethods()
    {
        await using var cluster = await CacheCluster.StartAsync();
        var services = cluster.Join(services: services =>
        {
            services.AddCacheOrleans("other", options => options.ResponseTimeout = TimeSpan.FromSeconds(30));
            services.AddCached<IStock<int>, Stock>(StockCached<int>.Decorate);
            services.AddCached<Stock.IShelf, Stock>(client: "other");
        }).Services;

        var stock = services.GetRequiredService<IStock<int>>();
        Assert.Equal(1, await stock.CountAsync(4));
        Assert.Equal(1, await stock.CountAsync(4));
        var shelf = services.GetRequiredService<Stock.IShelf>();
        Assert.Equal("4 left 2", await shelf.ShelfAsync(4, "left"));
        Assert.Equal("4 left 2", await shelf.ShelfAsync(4, "left"));
        Assert.Equal("4 right 3", await shelf.ShelfAsync(4, "right"));
        Assert.Equal("shelf/v1?id=4&side=left", Stock.Shelves.Key((4, "left")).Text);
        Assert.Equal(3, services.GetRequiredService<Stock>().Calls);
    }
}

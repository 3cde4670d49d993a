using CacheOrleans.Definitions;
using CacheOrleans.Loading;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Grains;

/// <summary>Declares caches and their loaders in a silo.</summary>
public sealed class CacheOrleansBuilder
{
    internal CacheOrleansBuilder(IServiceCollection services) => Services = services;

    /// <summary>The silo's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Declares a cache. A cache that is declared in configuration needs no call.</summary>
    public CacheOrleansBuilder AddCache(CacheDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        Services.AddSingleton(definition);
        return this;
    }

    /// <summary>Registers the fallback of a declared cache, as a singleton.</summary>
    /// <typeparam name="TLoader">The loader; its constructor may take services.</typeparam>
    /// <param name="name">The cache's name.</param>
    public CacheOrleansBuilder AddLoader<TLoader>(string name)
        where TLoader : class, ICacheLoader
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Services.AddSingleton(new LoaderRegistration(name));
        Services.AddKeyedSingleton<ICacheLoader, TLoader>(name);
        return this;
    }
}

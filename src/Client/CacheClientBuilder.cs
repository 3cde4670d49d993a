using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Client;

/// <summary>Configures a client that was added to an application.</summary>
public sealed class CacheClientBuilder
{
    internal CacheClientBuilder(IServiceCollection services, string name)
    {
        Services = services;
        Name = name;
    }

    /// <summary>The application's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>The client's name; empty for the default client.</summary>
    public string Name { get; }
}

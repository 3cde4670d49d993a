using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans;

/// <summary>Provides Orleans' type of the interface of entries. Otherwise Orleans would determine it from attributes
/// each time that <c>GetGrain</c> is called, which takes a fifth of the time of a call within a silo.</summary>
internal sealed class EntryInterface : IGrainInterfaceTypeProvider
{
    /// <summary>The name of the interface in the cluster.</summary>
    public const string Name = "CacheOrleans.ICacheEntryGrain";

    private static readonly GrainInterfaceType EntryType = GrainInterfaceType.Create(Name);

    /// <summary>Adds this provider to the services of a silo or an Orleans client, ahead of Orleans' own providers.
    /// </summary>
    public static void AddTo(IServiceCollection services)
    {
        if (!services.Any(service => service.ServiceType == typeof(IGrainInterfaceTypeProvider)
            && service is { IsKeyedService: false, ImplementationType: { } type } && type == typeof(EntryInterface)))
        {
            services.Insert(0, ServiceDescriptor.Singleton<IGrainInterfaceTypeProvider, EntryInterface>());
        }
    }

    /// <inheritdoc />
    public bool TryGetGrainInterfaceType(Type type, out GrainInterfaceType grainInterfaceType)
    {
        grainInterfaceType = EntryType;
        return type == typeof(ICacheEntryGrain);
    }
}

using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans;

/// <summary>Knows how Orleans calls the interface of entries, which it else finds out anew, from attributes, each time
/// that <c>GetGrain</c> is called: a fifth of a call within a silo.</summary>
internal sealed class EntryInterface : IGrainInterfaceTypeProvider
{
    /// <summary>The name in the cluster.</summary>
    public const string Name = "CacheOrleans.ICacheEntryGrain";

    private static readonly GrainInterfaceType EntryType = GrainInterfaceType.Create(Name);

    /// <summary>Adds it to the services of a silo or an Orleans client, to be asked before Orleans' own.</summary>
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

using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Metadata;

namespace CacheOrleans.Simulation.Cluster;

/// <summary>Creates grains and grain services with the services of a silo.</summary>
internal sealed class GrainFactories(IServiceProvider root)
{
    private readonly Dictionary<GrainType, GrainKind> _kinds = [];
    private readonly Dictionary<Type, ObjectFactory> _services = [];
    private readonly GrainClassMap _map = root.GetRequiredService<GrainClassMap>();
    private readonly Silo _silo = Services.MakeIdleSilo();

    public GrainKind KindOf(GrainType type)
    {
        if (!_kinds.TryGetValue(type, out var kind))
        {
            _kinds[type] = kind = _map.TryGetGrainClass(type, out var known)
                ? GrainKind.Of(known)
                : throw new InvalidOperationException($"There is no grain {type}.");
        }

        return kind;
    }

    public object MakeService(Type type, IServiceProvider services)
    {
        if (!_services.TryGetValue(type, out var factory))
        {
            _services[type] = factory = ActivatorUtilities.CreateFactory(type, [typeof(GrainId), typeof(Silo)]);
        }

        var id = SystemTargetGrainId.CreateGrainServiceGrainId(type.Name.Length, null!, _silo.SiloAddress);
        return factory(services, [id, _silo]);
    }
}

/// <summary>What Orleans reads from the attributes of a grain's class.</summary>
/// <param name="Make">Creates a grain.</param>
/// <param name="IsReentrant">Whether all its calls interleave.</param>
/// <param name="StaysActive">Whether it stays active without calls.</param>
/// <param name="IsLocal">Whether every silo has its own.</param>
internal sealed record GrainKind(ObjectFactory Make, bool IsReentrant, bool StaysActive, bool IsLocal)
{
    public static GrainKind Of(Type type) => new(
        ActivatorUtilities.CreateFactory(type, []),
        type.IsDefined(typeof(ReentrantAttribute), inherit: false),
        type.IsDefined(typeof(KeepAliveAttribute), inherit: false),
        type.IsDefined(typeof(StatelessWorkerAttribute), inherit: false));
}

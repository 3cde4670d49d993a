using Orleans.Serialization.Invocation;

namespace CacheOrleans.Simulation.Cluster;

/// <summary>An object that a request is invoked on.</summary>
internal sealed class Target(object target) : ITargetHolder
{
    public object? GetTarget() => target;

    public object? GetComponent(Type componentType) => null;
}

using Orleans.CodeGeneration;
using Orleans.GrainReferences;
using Orleans.Metadata;
using Orleans.Serialization;
using Orleans.Serialization.Invocation;

namespace CacheOrleans.Simulation.Cluster;

/// <summary>Sends the calls of Orleans' generated references through the simulated network.</summary>
internal sealed class SimulatedCalls(
    DeepCopier copier, GrainReferenceActivator activator, GrainInterfaceTypeResolver interfaces)
    : IGrainReferenceRuntime
{
    /// <summary>How long a call waits for its answer, unless its method says otherwise.</summary>
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);

    public ValueTask<T?> InvokeMethodAsync<T>(GrainReference reference, IInvokable request, InvokeMethodOptions options)
    {
        var call = Prepare<T>(reference, request, options);
        call.Send();
        return new(call.Answer);
    }

    public ValueTask InvokeMethodAsync(GrainReference reference, IInvokable request, InvokeMethodOptions options)
    {
        var call = Prepare<object>(reference, request, options);
        call.Send();
        return new(call.Answer);
    }

    public void InvokeMethod(GrainReference reference, IInvokable request, InvokeMethodOptions options) =>
        Prepare<object>(reference, request, options).Send();

    public object Cast(IAddressable grain, Type interfaceType) => interfaceType.IsInstanceOfType(grain)
        ? grain
        : activator.CreateReference(grain.GetGrainId(), interfaces.GetGrainInterfaceType(interfaceType));

    private Call<T> Prepare<T>(GrainReference reference, IInvokable request, InvokeMethodOptions options)
    {
        var sender = (ClusterNode)Node.Current!;
        return new Call<T>(
            sender,
            reference.GrainId,
            copier.Copy(request),
            options,
            request.GetDefaultResponseTimeout() ?? DefaultTimeout,
            copier);
    }
}

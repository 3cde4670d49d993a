using Orleans.Core.Internal;

namespace CacheOrleans.Grains.Access;

/// <summary>Refuses calls of clients that only silos may make.</summary>
/// <remarks>
/// <para>A client reads and writes entries and tags, and may look at the cluster. What changes how the cluster works is
/// for silos, and for operators through the HTTP API of one. Grains of the application's own are left alone.</para>
/// <para>Orleans tells who calls as the caller's process says. It is proof against mistakes and against stolen
/// settings, not against a client that speaks Orleans' protocol by code of its own; certificates decide who is a client
/// at all.</para>
/// </remarks>
internal sealed class ClientCalls(DeclarationShares shares) : IIncomingGrainCallFilter
{
    /// <inheritdoc />
    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.SourceId is { } source && IsClient(source))
        {
            var target = context.Request.GetInterfaceType();
            var method = context.MethodName;
            if (!IsAllowed(target, method, context.TargetId.IsSystemTarget()))
            {
                throw new UnauthorizedAccessException(
                    $"A client may not call {target.Name}.{method}: that is for silos. Use the HTTP API of a silo.");
            }

            if (target == typeof(ICacheEntryGrain)
                && method == nameof(ICacheEntryGrain.DeclareAsync)
                && context.Request.GetArgument(0) is CacheDeclaration declaration)
            {
                shares.Take(source, declaration.Name);
            }
        }

        return context.Invoke();
    }

    /// <summary>Whether a call comes from another process than a silo's; what a silo's own services call comes from a
    /// client that Orleans hosts there.</summary>
    private static bool IsClient(GrainId source) =>
        source.IsClient() && !source.Key.AsSpan().StartsWith("hosted-"u8);

    private static bool IsAllowed(Type target, string method, bool isSystemTarget)
    {
        if (target == typeof(ICacheEntryGrain) || target == typeof(ICacheBatchGrain) || target == typeof(ITagGrain))
        {
            return true;
        }

        if (target == typeof(ISiloProbe))
        {
            return true;
        }

        if (isSystemTarget && target.Assembly.GetName().Name is "Orleans.Core" or "Orleans.Runtime")
        {
            // Each client asks its gateway which grains there are. The hooks exist in Orleans' test clusters alone.
            return target.FullName == "Orleans.Runtime.IClusterManifestSystemTarget"
                || target.Namespace == "Orleans.Runtime.TestHooks";
        }

        return Looks(target)
            ? method.StartsWith("Get", StringComparison.Ordinal)
            : target != typeof(IGrainManagementExtension)
                && target.Assembly != typeof(ClientCalls).Assembly
                && target.Namespace?.StartsWith("Orleans.Dashboard", StringComparison.Ordinal) != true;
    }

    /// <summary>Whether an interface has methods that only look, whose names begin with <c>Get</c>.</summary>
    private static bool Looks(Type target) =>
        target.Assembly == typeof(ICacheEntryGrain).Assembly
        || target == typeof(IManagementGrain)
        || target == typeof(IVersionManager);
}

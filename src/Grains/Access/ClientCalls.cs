using Orleans.Core.Internal;

namespace CacheOrleans.Grains.Access;

/// <summary>Rejects calls from clients that only silos may make.</summary>
/// <remarks>
/// <para>A client may read and write entries and tags, and may inspect the cluster. Only silos may change how the
/// cluster works, and operators through a silo's HTTP API. Calls to the application's own grains are not restricted.
/// </para>
/// <para>Orleans identifies the caller as the caller's process claims. So the filter protects against mistakes and
/// stolen settings, but not against a client that speaks Orleans' protocol with its own code. Certificates decide which
/// processes can be clients at all.</para>
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
                    $"A client may not call {target.Name}.{method}: only silos may. Use the HTTP API of a silo.");
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

    /// <summary>Whether a call comes from a process that is not a silo. Calls of a silo's own services come from a
    /// client that Orleans hosts in the silo.</summary>
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
            // Each client asks its gateway which grains exist. The hooks exist only in Orleans' test clusters.
            return target.FullName == "Orleans.Runtime.IClusterManifestSystemTarget"
                || target.Namespace == "Orleans.Runtime.TestHooks";
        }

        return HasReadOnlyMethods(target)
            ? method.StartsWith("Get", StringComparison.Ordinal)
            : target != typeof(IGrainManagementExtension)
                && target.Assembly != typeof(ClientCalls).Assembly
                && target.Namespace?.StartsWith("Orleans.Dashboard", StringComparison.Ordinal) != true;
    }

    /// <summary>Whether an interface has methods that only read, whose names begin with <c>Get</c>.</summary>
    private static bool HasReadOnlyMethods(Type target) =>
        target.Assembly == typeof(ICacheEntryGrain).Assembly
        || target == typeof(IManagementGrain)
        || target == typeof(IVersionManager);
}

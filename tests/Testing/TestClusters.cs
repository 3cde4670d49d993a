using Microsoft.Extensions.DependencyInjection;
using Orleans.Core.Internal;
using Orleans.Serialization.Configuration;
using Orleans.TestingHost;

namespace CacheOrleans.Testing;

public static class TestClusters
{
    /// <summary>A builder of silos in this process that start in a fraction of the time.</summary>
    /// <remarks>The contracts of the grains are not analysed: a test of its own holds them.</remarks>
    public static InProcessTestClusterBuilder Builder(int silos)
    {
        var builder = new InProcessTestClusterBuilder((short)silos);
        builder.ConfigureHost(host => host.Services.Configure<TypeManifestOptions>(
            types => types.EnableConfigurationAnalysis = false));
        return builder;
    }

    /// <summary>The grains as a silo calls them: clients may not call all of them.</summary>
    public static IGrainFactory SiloGrains(this InProcessTestCluster cluster) =>
        cluster.GetSiloServiceProvider().GetRequiredService<IGrainFactory>();

    /// <summary>Has a grain leave its silo; the next call gets another activation. Nothing happens when a silo that it
    /// takes is just stopping.</summary>
    public static async Task TryMoveAsync(this InProcessTestCluster cluster, IAddressable grain)
    {
        try
        {
            await cluster.SiloGrains().GetGrain<IGrainManagementExtension>(grain.GetGrainId()).DeactivateOnIdle()
                .AsTask().WaitAsync(TimeSpan.FromSeconds(5));
        }
        catch (Exception exception)
            when (exception is OrleansException or TimeoutException or ObjectDisposedException)
        {
        }
    }
}

using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization.Configuration;
using Orleans.TestingHost;

namespace CacheOrleans.Testing;

public static class TestClusters
{
    /// <summary>Creates a builder of silos in this process that start much faster than by default.</summary>
    /// <remarks>The contracts of the grains are not analyzed, because a separate test checks them.</remarks>
    public static InProcessTestClusterBuilder Builder(int silos)
    {
        var builder = new InProcessTestClusterBuilder((short)silos);
        builder.ConfigureHost(host => host.Services.Configure<TypeManifestOptions>(
            types => types.EnableConfigurationAnalysis = false));
        return builder;
    }

    /// <summary>Returns the grain factory of a silo, because clients may not call all grains.</summary>
    public static IGrainFactory SiloGrains(this InProcessTestCluster cluster) =>
        cluster.GetSiloServiceProvider().GetRequiredService<IGrainFactory>();
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Serialization.Configuration;
using Orleans.Statistics;
using Orleans.TestingHost;

namespace CacheOrleans.Testing;

public static class TestClusters
{
    private static readonly Lock Gate = new();
    private static IEnvironmentStatisticsProvider? _statistics;

    /// <summary>A builder of silos in this process that start in a fraction of the time.</summary>
    /// <remarks>
    /// The contracts of the grains are not analysed: a test of its own holds them. All silos and clients share one
    /// source of the machine's statistics: each new one collects the garbage of the whole process first.
    /// </remarks>
    public static InProcessTestClusterBuilder Builder(int silos)
    {
        var builder = new InProcessTestClusterBuilder((short)silos);
        builder.ConfigureHost(host => host.Services.Configure<TypeManifestOptions>(
            types => types.EnableConfigurationAnalysis = false));
        builder.ConfigureSilo((_, silo) => ShareStatistics(silo.Services));
        builder.ConfigureClient(client => ShareStatistics(client.Services));
        return builder;
    }

    private static void ShareStatistics(IServiceCollection services)
    {
        lock (Gate)
        {
            _statistics ??= (IEnvironmentStatisticsProvider)Activator.CreateInstance(
                services.Last(service => service.ServiceType == typeof(IEnvironmentStatisticsProvider))
                    .ImplementationType!)!;
        }

        services.Replace(ServiceDescriptor.Singleton(_statistics));
    }
}

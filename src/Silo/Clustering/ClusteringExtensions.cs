using CacheOrleans.Redis;
using CacheOrleans.Silo.Configuration;
using CacheOrleans.Tls;
using Orleans.Configuration;

namespace CacheOrleans.Silo.Clustering;

/// <summary>Makes the silo a member of its cluster.</summary>
internal static class ClusteringExtensions
{
    public static ISiloBuilder JoinCluster(
        this ISiloBuilder silo, OrleansSettings settings, string membership, ClusterTls? tls)
    {
        tls?.Secure(silo);
        var endpoints = SiloEndpoints.Choose(settings, membership);
        return silo
            .Configure<ClusterOptions>(options =>
            {
                options.ClusterId = settings.ClusterId;
                options.ServiceId = settings.ServiceId;
            })
            .Configure<EndpointOptions>(endpoints.Apply)
            .UseRedisClustering(options => options.ConfigurationOptions = RedisLogin.Read(membership))
            .Configure<ClusterMembershipOptions>(DetectFailuresFast);
    }

    /// <remarks>
    /// With Orleans' defaults, it takes 10 s to detect a killed silo and a minute to detect a frozen one. A silo that
    /// left without announcing it (all silos were killed at once) keeps others from joining until its row is about 9 s
    /// old; with the defaults, 90 s.
    /// </remarks>
    private static void DetectFailuresFast(ClusterMembershipOptions options)
    {
        options.ProbeTimeout = TimeSpan.FromSeconds(1);
        options.NumMissedProbesLimit = 2;
        options.TableRefreshTimeout = TimeSpan.FromSeconds(10);
        options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(3);
        options.DefunctSiloExpiration = TimeSpan.FromHours(1);
    }
}

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
    /// Orleans' defaults take 10 s to notice a killed silo and a minute for a frozen one. A silo that left without a
    /// word (all were killed at once) stops others from joining until its row is some 9 s old, 90 s by default.
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

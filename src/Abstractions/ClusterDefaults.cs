namespace CacheOrleans;

/// <summary>The defaults that silos and clients share, so that they find each other without configuration.</summary>
public static class ClusterDefaults
{
    /// <summary>The id of the cluster, and of the service.</summary>
    public const string Id = "cacheorleans";

    /// <summary>The loopback port of the cache's Redis that a silo runs itself.</summary>
    public const int RedisPort = 6390;

    /// <summary>The loopback port of the membership's Redis that a silo runs itself.</summary>
    public const int MembershipPort = 6391;
}

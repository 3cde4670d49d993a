using System.ComponentModel.DataAnnotations;
using System.Net;

namespace CacheOrleans.Silo.Configuration;

/// <summary>The Redis-compatible servers this process runs itself where no connection string is given.</summary>
public sealed class EmbeddedSettings
{
    /// <summary>The configuration section these are read from.</summary>
    public const string SectionName = "Embedded";

    /// <summary>The loopback port of the cache's server; 1 to 65,535.</summary>
    /// <value>The default value is 6390.</value>
    [Range(1, IPEndPoint.MaxPort)]
    public int RedisPort { get; set; } = ClusterDefaults.RedisPort;

    /// <summary>The loopback port of the membership's server; 1 to 65,535.</summary>
    /// <value>The default value is 6391.</value>
    [Range(1, IPEndPoint.MaxPort)]
    public int MembershipPort { get; set; } = ClusterDefaults.MembershipPort;
}

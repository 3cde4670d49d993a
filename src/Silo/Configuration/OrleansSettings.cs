using System.ComponentModel.DataAnnotations;
using System.Net;

namespace CacheOrleans.Silo.Configuration;

/// <summary>The cluster that this silo belongs to, and how others reach the silo.</summary>
public sealed class OrleansSettings
{
    /// <summary>The configuration section these are read from.</summary>
    public const string SectionName = "Orleans";

    /// <summary>The id of the cluster; silos with different ids never meet, even over one membership Redis.</summary>
    /// <value>The default value is <c>cacheorleans</c>.</value>
    [Required]
    public string ClusterId { get; set; } = ClusterDefaults.Id;

    /// <summary>The id of the service; it stays the same when one cluster replaces another.</summary>
    /// <value>The default value is <c>cacheorleans</c>.</value>
    [Required]
    public string ServiceId { get; set; } = ClusterDefaults.Id;

    /// <summary>The port for other silos; 0 to 65,535.</summary>
    /// <value>The default value is 0: a free port.</value>
    [Range(0, IPEndPoint.MaxPort)]
    public int SiloPort { get; set; }

    /// <summary>The port for clients; 0 to 65,535.</summary>
    /// <value>The default value is 0: a free port.</value>
    [Range(0, IPEndPoint.MaxPort)]
    public int GatewayPort { get; set; }

    /// <summary>The IP address at which other silos and clients reach this silo.</summary>
    /// <value>The default value is loopback if the membership is on loopback, otherwise the host's own address.</value>
    public string? AdvertisedAddress { get; set; }

    /// <summary>Whether only trusted machines can reach the ports for silos and clients, so that they need no TLS
    /// beyond loopback.</summary>
    /// <value>The default value is <see langword="false"/>: without <c>Orleans:Tls</c> a silo listens on loopback
    /// only, or does not start.</value>
    public bool TrustedNetwork { get; set; }
}

namespace CacheOrleans.Client;

/// <summary>Identifies the cluster that the application connects to.</summary>
public sealed class ClusterClientOptions
{
    /// <summary>The configuration section of these options, which is also that of the silos.</summary>
    public const string SectionName = "Orleans";

    /// <summary>The name of the connection string of the Redis that stores the cluster's membership.</summary>
    public const string MembershipConnection = "Membership";

    /// <summary>The id of the cluster, which must equal that of its silos.</summary>
    /// <value>The default value is <c>cacheorleans</c>.</value>
    public string ClusterId { get; set; } = ClusterDefaults.Id;

    /// <summary>The id of the service, which must equal that of its silos.</summary>
    /// <value>The default value is <c>cacheorleans</c>.</value>
    public string ServiceId { get; set; } = ClusterDefaults.Id;
}

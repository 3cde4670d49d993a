namespace CacheOrleans.Client;

/// <summary>Which cluster the application connects to.</summary>
public sealed class ClusterClientOptions
{
    /// <summary>The configuration section these are read from; the silos read the same one.</summary>
    public const string SectionName = "Orleans";

    /// <summary>The connection string of the Redis that keeps the cluster's membership.</summary>
    public const string MembershipConnection = "Membership";

    /// <summary>The cluster's id, the same as its silos'.</summary>
    /// <value>The default value is <c>cacheorleans</c>.</value>
    public string ClusterId { get; set; } = ClusterDefaults.Id;

    /// <summary>The service's id, the same as its silos'.</summary>
    /// <value>The default value is <c>cacheorleans</c>.</value>
    public string ServiceId { get; set; } = ClusterDefaults.Id;
}

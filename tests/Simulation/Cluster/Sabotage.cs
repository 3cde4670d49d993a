namespace CacheOrleans.Simulation.Cluster;

/// <summary>Faults of the simulated parts that the checks must find: whoever doubts the checks can see them
/// fail.</summary>
internal enum Sabotage
{
    None,

    /// <summary>Clients never learn that their copies are out of date.</summary>
    LoseNotifications,

    /// <summary>Redis confirms removes, and does not keep them.</summary>
    ForgetRemoves,
}

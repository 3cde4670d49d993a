namespace CacheOrleans.Simulation.Histories;

/// <summary>The error of a fallback.</summary>
/// <param name="load">The load that failed.</param>
internal sealed class FallbackException(Loads.Last load) : Exception("The database is down.")
{
    /// <summary>The load that failed; null in a copy that came through the network.</summary>
    public Loads.Last? Load => load;
}

using CacheOrleans.Simulation.Cluster;

namespace CacheOrleans.Simulation.Histories;

/// <summary>Checks that nothing is left when all calls have ended.</summary>
internal static class Leaks
{
    public static void Check(SimulatedCluster cluster)
    {
    }
}

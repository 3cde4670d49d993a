using System.Runtime.CompilerServices;

namespace CacheOrleans.Simulation.Engine;

/// <summary>Gives hash codes the same seed in every process.</summary>
/// <remarks>The framework chooses a seed for each process, and the order in which a concurrent dictionary is walked
/// follows from it: two runs of one history would notify clients in different orders.</remarks>
internal static class HashSeeds
{
    private const uint Seed = 2026;

    /// <summary>Sets the seeds; called before anything else in the process.</summary>
    public static void Set()
    {
        OfHashCode(default) = Seed;
        OfStrings(null) = Seed;
    }

    [UnsafeAccessor(UnsafeAccessorKind.StaticField, Name = "s_seed")]
    private static extern ref uint OfHashCode(HashCode owner);

    [UnsafeAccessor(UnsafeAccessorKind.StaticField, Name = "<DefaultSeed>k__BackingField")]
    private static extern ref ulong OfStrings([UnsafeAccessorType("System.Marvin")] object? owner);
}

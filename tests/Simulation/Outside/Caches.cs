using CacheOrleans.Definitions;

namespace CacheOrleans.Simulation.Outside;

/// <summary>The caches of all histories. Definitions are made once for a process, so histories choose among these.
/// </summary>
internal static class Caches
{
    /// <summary>A cache whose entries outlive every history.</summary>
    public static readonly CacheDefinition<int, string> Lasting = new("lasting", "lasting:{id}", TimeSpan.FromHours(2));

    /// <summary>A cache whose entries expire during a history.</summary>
    public static readonly CacheDefinition<int, string> Short = new("short", "short:{id}", TimeSpan.FromSeconds(8));

    /// <summary>A cache that the silos do not know until a client declares it.</summary>
    public static readonly CacheDefinition<int, string> Declared =
        new("declared", "declared:{id}", TimeSpan.FromHours(2));

    /// <summary>A cache that the silos can load.</summary>
    public static readonly CacheDefinition<int, string> Loaded = new("loaded", "loaded:{id}", TimeSpan.FromHours(2));

    /// <summary>What the silos know.</summary>
    public static readonly CacheDefinition[] Registered = [Lasting, Short, Loaded];

    public static readonly CacheDefinition<int, string>[] All = [Lasting, Short, Declared, Loaded];
}

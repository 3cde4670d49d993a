using CacheOrleans.Bench.Harness;

namespace CacheOrleans.Bench.Stage;

/// <summary>The instructions for a client process.</summary>
/// <param name="Membership">The connection string of the membership.</param>
/// <param name="Redis">The cache's Redis.</param>
/// <param name="Pace">How long the process measures.</param>
/// <param name="Keys">How many keys there are.</param>
internal sealed record ClientOrder(string Membership, string Redis, Pace Pace, int Keys);

using CacheOrleans.Bench.Harness;

namespace CacheOrleans.Bench.Stage;

/// <summary>What a client process is told of its surroundings.</summary>
/// <param name="Membership">Where the silos are listed.</param>
/// <param name="Redis">The cache's Redis.</param>
/// <param name="Pace">How long it measures.</param>
/// <param name="Keys">How many keys there are.</param>
internal sealed record ClientOrder(string Membership, string Redis, Pace Pace, int Keys);

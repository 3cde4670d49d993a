namespace CacheOrleans.Grains.Diagnostics;

/// <summary>The counters of one cache since its silos started.</summary>
/// <param name="Requests">Reads that reached an owner.</param>
/// <param name="Memory">Reads answered from an owner's memory.</param>
/// <param name="Redis">Loads that ended with a value from Redis.</param>
/// <param name="Fallback">Runs of the fallback.</param>
/// <param name="Shared">Reads that waited for a load that another read had begun.</param>
/// <param name="Skipped">Loads that skipped Redis because the breaker was not closed.</param>
/// <param name="Errors">Failures of Redis reads, of Redis writes, and of the fallback.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.CacheCounters")]
public sealed record CacheCounters(
    [property: Id(0)] long Requests = 0,
    [property: Id(1)] long Memory = 0,
    [property: Id(2)] long Redis = 0,
    [property: Id(3)] long Fallback = 0,
    [property: Id(4)] long Shared = 0,
    [property: Id(5)] long Skipped = 0,
    [property: Id(6)] long Errors = 0)
{
    /// <summary>Adds two sets of counters.</summary>
    public static CacheCounters operator +(CacheCounters left, CacheCounters right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new(
            left.Requests + right.Requests,
            left.Memory + right.Memory,
            left.Redis + right.Redis,
            left.Fallback + right.Fallback,
            left.Shared + right.Shared,
            left.Skipped + right.Skipped,
            left.Errors + right.Errors);
    }
}

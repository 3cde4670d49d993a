namespace CacheOrleans.Client.Coherence;

/// <summary>Decides how many reads lie between two sampled ones.</summary>
/// <remarks>The gaps are random, because an application may read its keys in a fixed order. Thread-safe.</remarks>
/// <param name="oneIn">The mean of the gaps; zero: no read is sampled.</param>
/// <param name="random">The source of the gaps; only this object uses it.</param>
internal sealed class SampleGaps(int oneIn, Random random)
{
    /// <summary>Returns the number of reads up to and including the next sampled one.</summary>
    public long Next()
    {
        if (oneIn == 0)
        {
            return long.MaxValue / 2; // may be added to a count
        }

        lock (random)
        {
            return random.NextInt64(1, 2L * oneIn);
        }
    }
}

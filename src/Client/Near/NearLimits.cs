namespace CacheOrleans.Client.Near;

/// <summary>Limits the size of the near caches.</summary>
/// <param name="MaxEntries">The most copies of one cache; zero: no copies.</param>
/// <param name="MaxBytes">The most bytes of all copies together; zero: no copies.</param>
internal readonly record struct NearLimits(int MaxEntries, long MaxBytes)
{
    /// <summary>Whether no copies are kept.</summary>
    public bool IsNone => MaxEntries == 0 || MaxBytes == 0;
}

namespace CacheOrleans.Client.Near;

/// <summary>How much a near cache holds.</summary>
/// <param name="MaxEntries">The most copies of one cache; zero: none.</param>
/// <param name="MaxBytes">The most bytes of all copies together; zero: none.</param>
internal readonly record struct NearLimits(int MaxEntries, long MaxBytes)
{
    /// <summary>Whether no copies are kept at all.</summary>
    public bool IsNone => MaxEntries == 0 || MaxBytes == 0;
}

namespace CacheOrleans;

/// <summary>Thrown when another process had the lease and its fallback failed.</summary>
[GenerateSerializer]
[Alias("CacheOrleans.LeaseFailedException")]
public sealed class LeaseFailedException : Exception
{
    /// <summary>Creates the exception from the failure that the holder of the lease reported.</summary>
    /// <param name="cache">The cache's name.</param>
    /// <param name="failure">The failure that the holder reported.</param>
    public LeaseFailedException(string cache, LeaseFailure failure)
        : base($"The fallback of cache '{cache}' failed in another process: {failure?.ErrorType}: {failure?.Message}")
    {
        Cache = cache;
        Failure = failure!;
    }

    /// <summary>The cache's name.</summary>
    [Id(0)]
    public string Cache { get; private set; }

    /// <summary>The failure that the holder reported.</summary>
    [Id(1)]
    public LeaseFailure Failure { get; private set; }
}

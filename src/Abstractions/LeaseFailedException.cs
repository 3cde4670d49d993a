namespace CacheOrleans;

/// <summary>Another process had the lease, and its fallback failed.</summary>
[GenerateSerializer]
[Alias("CacheOrleans.LeaseFailedException")]
public sealed class LeaseFailedException : Exception
{
    /// <summary>Tells what the holder of the lease told.</summary>
    /// <param name="cache">The cache's name.</param>
    /// <param name="failure">What the holder told.</param>
    public LeaseFailedException(string cache, LeaseFailure failure)
        : base($"The fallback of cache '{cache}' failed in another process: {failure?.ErrorType}: {failure?.Message}")
    {
        Cache = cache;
        Failure = failure!;
    }

    /// <summary>The cache's name.</summary>
    [Id(0)]
    public string Cache { get; private set; }

    /// <summary>What the holder told.</summary>
    [Id(1)]
    public LeaseFailure Failure { get; private set; }
}

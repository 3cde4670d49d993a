namespace CacheOrleans.Client.Coherence;

/// <summary>A read whose coherence is to be checked.</summary>
/// <param name="Cache">The cache's name.</param>
/// <param name="Key">The key's text.</param>
/// <param name="Stamp">The stamp of what was read.</param>
/// <param name="At">When a copy was read, or when the first request to the owner was sent, as a timestamp of the clock
/// for waits.</param>
/// <param name="IsCopy">Whether a copy answered the read; otherwise the owner did.</param>
internal readonly record struct SampledRead(string Cache, string Key, long Stamp, long At, bool IsCopy);

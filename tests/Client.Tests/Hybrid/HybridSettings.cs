using Microsoft.Extensions.Caching.Hybrid;

namespace CacheOrleans.Client.Tests.Hybrid;

/// <summary>What both implementations can be told.</summary>
internal sealed class HybridSettings
{
    /// <summary>For this project's alone.</summary>
    public string? CacheName { get; set; }

    public HybridCacheEntryOptions? DefaultEntryOptions { get; set; }

    public long MaximumPayloadBytes { get; set; } = 1 << 20;

    public int MaximumKeyLength { get; set; } = 1024;
}

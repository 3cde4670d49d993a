using Microsoft.Extensions.Caching.Hybrid;

namespace CacheOrleans.Client.Tests.Hybrid;

/// <summary>The settings that both implementations have.</summary>
internal sealed class HybridSettings
{
    /// <summary>Used only by this project's implementation.</summary>
    public string? CacheName { get; set; }

    public HybridCacheEntryOptions? DefaultEntryOptions { get; set; }

    public long MaximumPayloadBytes { get; set; } = 1 << 20;

    public int MaximumKeyLength { get; set; } = 1024;
}

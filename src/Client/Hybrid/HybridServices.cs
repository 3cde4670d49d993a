using CacheOrleans.Client.Reads;
using CacheOrleans.Client.Near;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Client.Hybrid;

/// <summary>What a <c>HybridCache</c> uses.</summary>
/// <param name="Client">The client.</param>
/// <param name="Logger">The log.</param>
/// <param name="FallbackTimeout">How long a factory keeps other callers waiting.</param>
internal sealed record HybridServices(CacheClient Client, ILogger Logger, TimeSpan FallbackTimeout)
{
    /// <summary>What reads of the client use.</summary>
    public ReadServices Reads => Client.Reads.Services;

    /// <summary>Copies and changes.</summary>
    public NearState Near => Reads.Near;
}

using CacheOrleans.Client.Near;
using CacheOrleans.Client.Reads;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Client.Hybrid;

/// <summary>The services that a <c>HybridCache</c> uses.</summary>
/// <param name="Client">The client.</param>
/// <param name="Logger">The logger.</param>
/// <param name="FallbackTimeout">How long other callers wait for a factory.</param>
internal sealed record HybridServices(CacheClient Client, ILogger Logger, TimeSpan FallbackTimeout)
{
    /// <summary>The services that reads of the client use.</summary>
    public ReadServices Reads => Client.Reads.Services;

    /// <summary>The copies, and the known changes.</summary>
    public NearState Near => Reads.Near;
}

using Orleans.Services;

namespace CacheOrleans;

/// <summary>Responds on behalf of one silo, so that a client can detect which of its gateways does not respond.
/// </summary>
/// <remarks>A message is handled only by the gateway that it is addressed to: it is never passed on to another silo.
/// </remarks>
[Alias("CacheOrleans.ISiloProbe")]
internal interface ISiloProbe : IGrainService
{
    /// <summary>Responds.</summary>
    [Alias("AnswerAsync")]
    Task AnswerAsync();
}

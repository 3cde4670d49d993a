using Orleans.Services;

namespace CacheOrleans;

/// <summary>Answers for a silo by itself, so that a client sees which of its gateways is silent.</summary>
/// <remarks>The gateway that a message of it names takes the message, or nobody does: it is passed on to no other
/// silo.</remarks>
[Alias("CacheOrleans.ISiloProbe")]
internal interface ISiloProbe : IGrainService
{
    /// <summary>Answers.</summary>
    [Alias("AnswerAsync")]
    Task AnswerAsync();
}

using Microsoft.Extensions.Logging;

namespace CacheOrleans.Grains.Diagnostics;

/// <summary>Responds to clients that check whether this silo is reachable.</summary>
internal sealed class SiloProbe(GrainId id, Orleans.Runtime.Silo silo, ILoggerFactory loggerFactory)
    : GrainService(id, silo, loggerFactory), ISiloProbe
{
    public Task AnswerAsync() => Task.CompletedTask;
}

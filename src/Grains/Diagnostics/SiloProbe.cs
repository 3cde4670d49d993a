using Microsoft.Extensions.Logging;

namespace CacheOrleans.Grains.Diagnostics;

/// <summary>Tells clients that this silo answers.</summary>
internal sealed class SiloProbe(GrainId id, Orleans.Runtime.Silo silo, ILoggerFactory loggerFactory)
    : GrainService(id, silo, loggerFactory), ISiloProbe
{
    public Task AnswerAsync() => Task.CompletedTask;
}

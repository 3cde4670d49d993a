using Microsoft.Extensions.Logging;

namespace CacheOrleans.Grains.Tags;

/// <summary>Hands what a tag's grain says to this silo's replica, and tells a new one what that knows.</summary>
internal sealed class TagService(
    GrainId id, Orleans.Runtime.Silo silo, ILoggerFactory loggerFactory, TagReplica replica)
    : GrainService(id, silo, loggerFactory), ITagService
{
    public Task ApplyAsync(string tag, long version)
    {
        replica.OnInvalidated(tag, new(version));
        return Task.CompletedTask;
    }

    public Task<long?> ReadAsync(string tag) =>
        Task.FromResult(replica.Floors.TryGet(tag, out var floor) ? floor.Value : (long?)null);
}

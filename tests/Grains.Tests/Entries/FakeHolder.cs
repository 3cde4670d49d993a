using System.Collections.Concurrent;

namespace CacheOrleans.Grains.Tests.Entries;

/// <summary>A process that keeps copies, and remembers what it was told of them.</summary>
internal sealed class FakeHolder : INearCacheObserver
{
    public ConcurrentQueue<(string Key, long Floor)> Told { get; } = new();

    public ConcurrentQueue<(string Tag, long Floor)> ToldOfTags { get; } = new();

    public Task InvalidateAsync(string key, long floor)
    {
        Told.Enqueue((key, floor));
        return Task.CompletedTask;
    }

    public Task InvalidateTagAsync(string tag, long floor)
    {
        ToldOfTags.Enqueue((tag, floor));
        return Task.CompletedTask;
    }
}

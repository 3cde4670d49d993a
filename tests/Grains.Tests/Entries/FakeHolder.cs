using System.Collections.Concurrent;

namespace CacheOrleans.Grains.Tests.Entries;

/// <summary>A process that keeps copies and records the notifications that it receives.</summary>
internal sealed class FakeHolder : INearCacheObserver
{
    public ConcurrentQueue<(string Key, long Floor)> Received { get; } = new();

    public ConcurrentQueue<(string Tag, long Floor)> ReceivedTags { get; } = new();

    public Task InvalidateAsync(string key, long floor)
    {
        Received.Enqueue((key, floor));
        return Task.CompletedTask;
    }

    public Task InvalidateTagAsync(string tag, long floor)
    {
        ReceivedTags.Enqueue((tag, floor));
        return Task.CompletedTask;
    }
}

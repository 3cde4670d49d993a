using System.Collections.Concurrent;
using CacheOrleans.Storage;

namespace CacheOrleans.Redis.Tests.WriteBehind;

/// <summary>Keeps the caches that were ended, and their versions.</summary>
internal sealed class RecordingVersions : ICacheVersions
{
    public ConcurrentQueue<(string Cache, long Version)> Ended { get; } = new();

    public void OnEnded(string cache, Stamp version) => Ended.Enqueue((cache, version.Value));
}

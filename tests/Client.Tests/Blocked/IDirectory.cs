namespace CacheOrleans.Client.Tests.Blocked;

/// <summary>A decorated service with asynchronous methods.</summary>
public interface IDirectory
{
    [CacheWithFallback("blocked-entry", Key = "blocked-entry:{id}", TimeToLive = "00:05:00")]
    ValueTask<string> FindAsync(int id);

    [CacheWithFallback("blocked-line", Key = "blocked-line:{id}", TimeToLive = "00:05:00")]
    Task<string> LineAsync(int id);
}

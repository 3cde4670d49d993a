namespace CacheOrleans.Client.Tests.Reads;

/// <summary>A decorated method that may call itself through its decorator.</summary>
public interface ITurns
{
    ITurns Inner { get; }

    [CacheWithFallback("turns", Key = "turns:{id}", TimeToLive = "00:05:00")]
    ValueTask<string> TakeAsync(int id);
}

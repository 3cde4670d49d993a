namespace CacheOrleans.Client.Tests.Decorator;

/// <summary>A generic service; the methods of the class that implements it are cached, or its own.</summary>
internal interface IStock<T>
{
    [CacheWithFallback("stock", Key = "stock:{id}", TimeToLive = "00:05:00")]
    ValueTask<T> CountAsync(int id);
}

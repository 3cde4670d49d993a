namespace CacheOrleans.Client.Tests.Decorator;

/// <summary>A generic service; the attributes may be on the interface or on the class that implements it.</summary>
internal interface IStock<T>
{
    [CacheWithFallback("stock", Key = "stock:{id}", TimeToLive = "00:05:00")]
    ValueTask<T> CountAsync(int id);
}

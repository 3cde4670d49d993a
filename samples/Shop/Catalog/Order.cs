namespace CacheOrleans.Shop.Catalog;

/// <summary>What somebody bought.</summary>
internal sealed record Order(int Id, int ProductId, int Quantity, DateTimeOffset At);

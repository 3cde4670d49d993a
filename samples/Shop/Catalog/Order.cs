namespace CacheOrleans.Shop.Catalog;

/// <summary>An order of one product.</summary>
internal sealed record Order(int Id, int ProductId, int Quantity, DateTimeOffset At);

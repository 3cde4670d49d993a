namespace CacheOrleans.Shop.Catalog;

/// <summary>How many of a product are left.</summary>
internal sealed record Stock(int ProductId, int Count);

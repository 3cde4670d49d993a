namespace CacheOrleans.Shop.Data;

/// <summary>A change of a product that the caches have not been told of yet. It is saved together with the change, so
/// that neither is there without the other.</summary>
internal sealed record StaleProduct(int Id, int ProductId);

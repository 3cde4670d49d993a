namespace CacheOrleans.Shop.Data;

/// <summary>A change of a product that the caches have not received yet. It is saved in one transaction with the
/// change, so that neither exists without the other.</summary>
internal sealed record StaleProduct(int Id, int ProductId);

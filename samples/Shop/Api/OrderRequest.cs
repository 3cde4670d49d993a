namespace CacheOrleans.Shop.Api;

/// <summary>The body of an order.</summary>
internal sealed record OrderRequest(int? Quantity);

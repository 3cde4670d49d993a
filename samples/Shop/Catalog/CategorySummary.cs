namespace CacheOrleans.Shop.Catalog;

/// <summary>A category, how many products it has, and its lowest price.</summary>
internal sealed record CategorySummary(string Name, int Products, decimal From);

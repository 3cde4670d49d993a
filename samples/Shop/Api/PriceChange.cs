namespace CacheOrleans.Shop.Api;

/// <summary>The body of a change of a price.</summary>
internal sealed record PriceChange(decimal? Price);

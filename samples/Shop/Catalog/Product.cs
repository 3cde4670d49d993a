using System.ComponentModel;

namespace CacheOrleans.Shop.Catalog;

/// <summary>A product of the shop. It is immutable, so all readers get the same instance.</summary>
[ImmutableObject(true)]
internal sealed record Product(int Id, string Name, string Category, string Description, decimal Price);

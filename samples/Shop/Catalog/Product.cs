using System.ComponentModel;

namespace CacheOrleans.Shop.Catalog;

/// <summary>What is sold; it cannot change, so all readers are handed the same instance.</summary>
[ImmutableObject(true)]
internal sealed record Product(int Id, string Name, string Category, string Description, decimal Price);

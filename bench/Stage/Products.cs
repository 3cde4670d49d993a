using System.ComponentModel;
using CacheOrleans.Definitions;

namespace CacheOrleans.Bench.Stage;

/// <summary>The cached values of the comparisons: immutable records of about 100 bytes as JSON.</summary>
internal static class Products
{
    public static readonly CacheDefinition<int, Product> ById =
        new("product", "product:{id}", TimeSpan.FromMinutes(30));

    public static readonly CacheDefinition<string, Product> ByText =
        new("product_text", "product_text:{text}", TimeSpan.FromMinutes(30));

    public static readonly CacheDefinition<int, byte[]> Bytes =
        new("bytes", "bytes:{id}", TimeSpan.FromMinutes(30));

    public static Product Make(int id) =>
        new(id, $"Product number {id}", 1999, "A thing that somebody may want to buy");

    /// <summary>Throws unless a read returned the stored value.</summary>
    public static void Check(int id, Product? product)
    {
        if (product?.Id != id)
        {
            throw new InvalidOperationException($"Product {id} was read, but {product?.Id} was returned.");
        }
    }
}

/// <summary>An immutable value, which caches may return without copying it.</summary>
[ImmutableObject(true)]
internal sealed record Product(int Id, string Name, int Cents, string Text);

using CacheOrleans.Definitions;

namespace CacheOrleans.Client.Tests.Decorator;

/// <summary>Counts its calls; its method for shelves is cached by an attribute on the class.</summary>
internal sealed class Stock : IStock<int>, Stock.IShelf, IUndecorated
{
    internal static readonly CacheDefinition<(int, string), string> Shelves =
        new("shelf", "shelf:{id}:{side}", TimeSpan.FromMinutes(5));

    /// <summary>A nested interface without attributes.</summary>
    internal interface IShelf
    {
        ValueTask<string> ShelfAsync(int number, string side);
    }

    public int Calls { get; private set; }

    public ValueTask<int> CountAsync(int id) => new(++Calls);

    [CacheWithFallback(typeof(Stock), nameof(Shelves))]
    public ValueTask<string> ShelfAsync(int number, string side) => new($"{number} {side} {++Calls}");
}

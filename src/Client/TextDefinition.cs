using CacheOrleans.Definitions;
using CacheOrleans.Keys;

namespace CacheOrleans.Client;

/// <summary>Represents every cache, for callers that have the canonical text of a key and no definition.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
internal sealed class TextDefinition<T> : CacheDefinition<string, T>
{
    /// <summary>The single instance for the type.</summary>
    public static readonly TextDefinition<T> Instance = new();

    private TextDefinition()
        : base("text", "text:{key}", MaxTimeToLive)
    {
    }

    /// <inheritdoc />
    public override CacheKey Key(string key) => CacheKey.Parse(key);
}

using CacheOrleans.Keys;
using CacheOrleans.Loading;

namespace CacheOrleans.Bench.Alerts;

/// <summary>A fallback that returns a value at once.</summary>
internal sealed class OneValue : ICacheLoader
{
    private static readonly byte[] Value = "value"u8.ToArray();

    public ValueTask<LoadResult> LoadAsync(CacheKey key, CancellationToken cancellationToken) =>
        new(LoadResult.Found(Value));
}

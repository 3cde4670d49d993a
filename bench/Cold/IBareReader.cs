using CacheOrleans.Bench.Stage;

namespace CacheOrleans.Bench.Cold;

/// <summary>The least work of a grain that reads Redis for its first caller.</summary>
[Alias("CacheOrleans.Bench.IBareReader")]
internal interface IBareReader : IGrainWithStringKey
{
    [Alias("GetAsync")]
    Task<BareAnswer> GetAsync();
}

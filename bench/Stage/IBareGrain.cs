namespace CacheOrleans.Bench.Stage;

/// <summary>The least a grain can do: it answers with bytes.</summary>
[Alias("CacheOrleans.Bench.IBareGrain")]
internal interface IBareGrain : IGrainWithStringKey
{
    [Alias("GetAsync")]
    Task<BareAnswer> GetAsync();
}

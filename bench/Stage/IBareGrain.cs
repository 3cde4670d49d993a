namespace CacheOrleans.Bench.Stage;

/// <summary>The least that a grain can do: return bytes.</summary>
[Alias("CacheOrleans.Bench.IBareGrain")]
internal interface IBareGrain : IGrainWithStringKey
{
    [Alias("GetAsync")]
    Task<BareAnswer> GetAsync();
}

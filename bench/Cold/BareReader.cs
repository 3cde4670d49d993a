using CacheOrleans.Bench.Stage;
using Orleans.Placement;
using StackExchange.Redis;

namespace CacheOrleans.Bench.Cold;

[HashBasedPlacement]
internal sealed class BareReader(IConnectionMultiplexer redis) : Grain, IBareReader
{
    private BareAnswer? _answer;

    public async Task<BareAnswer> GetAsync() => _answer ??= new BareAnswer(
        (byte[])(await redis.GetDatabase().StringGetAsync(this.GetPrimaryKeyString()))!);
}

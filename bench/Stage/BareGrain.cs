using Orleans.Placement;

namespace CacheOrleans.Bench.Stage;

[HashBasedPlacement]
internal sealed class BareGrain : Grain, IBareGrain
{
    private static readonly BareAnswer Answer = new(Payload.Bytes);

    public Task<BareAnswer> GetAsync() => Task.FromResult(Answer);
}

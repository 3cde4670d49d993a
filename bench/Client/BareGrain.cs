using Orleans.Placement;

namespace CacheOrleans.Bench.Client;

[HashBasedPlacement]
internal sealed class BareGrain : Grain, IBareGrain
{
    private static readonly BareAnswer Answer = new(OwnerReads.Payload);

    public Task<BareAnswer> GetAsync() => Task.FromResult(Answer);
}

namespace CacheOrleans.EndToEnd.History;

/// <summary>
/// Writers, removers and readers over three silos, while activations move, a silo stops, another joins, and the store
/// is slow. No read may be older than the last set or remove of its key that was acknowledged as applied.
/// </summary>
public sealed class HistoryTests : IAsyncLifetime
{
    private readonly GrainHistory _history = new();

    public ValueTask InitializeAsync() => _history.StartAsync();

    public ValueTask DisposeAsync() => _history.DisposeAsync();

    [Fact]
    public Task Reads_AreNeverOlderThanTheLastAppliedChange() => _history.RunAsync(
        changesPerKey: LongRuns.AreWanted ? 200 : 80,
        minAcknowledged: 0.25,
        ChangeAsync,
        (key, _) => Entry(key));

    private async Task<bool> ChangeAsync(string key, long version, int number)
    {
        var write = new CacheWrite(VersionedDatabase.Encode(version), null, WriteThrough: number % 3 != 0);
        var outcome = number % 2 == 0 ? await Entry(key).SetAsync(write) : await Entry(key).RemoveAsync();
        return outcome == WriteOutcome.Applied;
    }

    private ICacheEntryGrain Entry(string key) => _history.Grains.GetGrain<ICacheEntryGrain>(key);
}

using CacheOrleans.Testing;

namespace CacheOrleans.EndToEnd.History;

/// <summary>
/// Writers, invalidators of tags and readers over three silos, while entries and tags move, a silo stops, another
/// joins, and the store is slow. No read may be older than the last change of its key that was acknowledged by the
/// invalidation of a tag or by a set that was applied.
/// </summary>
/// <remarks>Time passes between two changes of a key, because stamps that run ahead of the clock count as
/// skew.</remarks>
public sealed class TagHistoryTests : IAsyncLifetime
{
    private readonly GrainHistory _history = new();

    public ValueTask InitializeAsync() => _history.StartAsync();

    public ValueTask DisposeAsync() => _history.DisposeAsync();

    [Fact]
    public Task Reads_AreNeverOlderThanTheLastAppliedChange() => _history.RunAsync(
        changesPerKey: LongRuns.AreWanted ? 150 : 60,
        minAcknowledged: 0.5,
        ChangeAsync,
        (key, number) => number % 4 == 0 ? Tag(VersionedDatabase.TagsOf(key)[0]) : Entry(key));

    private async Task<bool> ChangeAsync(string key, long version, int number)
    {
        await Latency.OfAsync(3);
        return number % 3 == 0 ? await SetAsync(key, version) : await InvalidateAsync(key, number);
    }

    private async Task<bool> SetAsync(string key, long version)
    {
        var write = new CacheWrite(
            VersionedDatabase.Encode(version), null, WriteThrough: true, VersionedDatabase.TagsOf(key));
        return await Entry(key).SetAsync(write) == WriteOutcome.Applied;
    }

    /// <summary>Invalidates the key's entry, together with those that share its tag or with all entries.</summary>
    private async Task<bool> InvalidateAsync(string key, int number)
    {
        var tag = number % 10 == 0 ? ITagGrain.Everything : VersionedDatabase.TagsOf(key)[0];
        return await Tag(tag).InvalidateAsync() > 0;
    }

    private ICacheEntryGrain Entry(string key) => _history.Grains.GetGrain<ICacheEntryGrain>(key);

    private ITagGrain Tag(string tag) => _history.Grains.GetGrain<ITagGrain>(tag);
}

using System.Collections.Concurrent;
using CacheOrleans.Definitions;

namespace CacheOrleans.Client.Tests.Batches;

/// <summary>Keys that .NET considers equal and that are different entries, in batches as in single reads.</summary>
public sealed class BatchEqualityTests : IAsyncLifetime
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);
    private readonly ConcurrentQueue<int> _loads = new();
    private CacheCluster _cluster = null!;
    private ICacheClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _cluster = await CacheCluster.StartAsync();
        _client = _cluster.Join().Client;
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task GetMany_SameInstantInTwoTimeZones_ReturnsBoth()
    {
        var noon = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
        await HasEachAsync(noon, noon.ToOffset(TimeSpan.FromHours(9)), noon.AddHours(1));
    }

    [Fact]
    public async Task GetMany_SameNumberInTwoScales_ReturnsBoth() => await HasEachAsync(1.0m, 1.00m, 2m);

    [Fact]
    public async Task GetMany_PositiveAndNegativeZero_ReturnsBoth() => await HasEachAsync(0.0, -0.0, 1.0);

    private async Task HasEachAsync<TKey>(TKey one, TKey equal, TKey other)
        where TKey : notnull
    {
        Assert.Equal(one, equal);
        var cache = new CacheDefinition<TKey, string>($"things-{Guid.NewGuid():N}", "thing:{id}", Life);
        TKey[] keys = [one, equal, other, one];

        await _client.SetAsync(cache, one, "one", null, Cancellation);
        await _client.SetAsync(cache, equal, "equal", null, Cancellation);
        var found = await _client.GetManyAsync(cache, keys, Cancellation);
        Assert.Equal(["one", "equal"], new[] { found[one], found[equal] });
        Assert.Equal(2, found.Count);
        Assert.False(found.ContainsKey(other));

        // Also from copies.
        Assert.Equal(2, (await _client.GetManyAsync(cache, keys, Cancellation)).Count);

        foreach (var key in keys)
        {
            await _client.RemoveAsync(cache, key, Cancellation);
        }

        found = await _client.GetManyWithFallbackAsync(cache, keys, LoadAsync, null, Cancellation);
        Assert.Equal([cache.Key(one).Text, cache.Key(equal).Text, cache.Key(other).Text],
            new[] { found[one], found[equal], found[other] });
        Assert.Equal(3, _loads.Sum());
        Assert.InRange(_loads.Count, 2, 3); // the fallback returns a dictionary, so that one call has no two equal keys
        Assert.Equal(cache.Key(equal).Text, await _client.GetAsync(cache, equal, Cancellation));

        ValueTask<IReadOnlyDictionary<TKey, string>> LoadAsync(IReadOnlyList<TKey> some, CancellationToken stopping)
        {
            _loads.Enqueue(some.Count);
            return new(some.ToDictionary(key => key, key => cache.Key(key).Text));
        }
    }
}

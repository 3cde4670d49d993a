using CacheOrleans.Definitions;
using CacheOrleans.Testing;

namespace CacheOrleans.Client.Tests;

public sealed class RemoveByTagTests : IAsyncLifetime
{
    private static readonly CacheCallOptions Red = new() { Tags = ["red"] };
    private static readonly CacheCallOptions Blue = new() { Tags = ["blue"] };

    private readonly CacheDefinition<int, string> _cache = TestCaches.New<string>();
    private CacheCluster _cluster = null!;
    private ICacheClient _client = null!;
    private ICacheClient _other = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await CacheCluster.StartAsync(silos: 2);
        _client = _cluster.Join().Client;
        _other = _cluster.Join().Client;
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task RemoveByTagAsync_TaggedValues_EndsOnlyThose()
    {
        await _client.SetAsync(_cache, 1, "one", Red);
        await _client.SetAsync(_cache, 2, "two", Blue);
        foreach (var client in new[] { _client, _other })
        {
            Assert.Equal("one", await client.GetAsync(_cache, 1));
            Assert.Equal("two", await client.GetAsync(_cache, 2));
        }

        await _client.RemoveByTagAsync("red");

        Assert.False((await _client.TryGetAsync(_cache, 1)).IsFound);
        Assert.Equal("two", await _client.GetAsync(_cache, 2));
        await Eventually.TrueAsync(
            async () => !(await _other.TryGetAsync(_cache, 1)).IsFound, "the other client is notified");
        Assert.Equal("two", await _other.GetAsync(_cache, 2));
    }

    [Fact]
    public async Task RemoveByTagAsync_Everything_EndsAllValues()
    {
        await _client.SetAsync(_cache, 1, "one");
        Assert.Equal("one", await _client.GetAsync(_cache, 1));
        Assert.Equal("one", await _other.GetAsync(_cache, 1));

        await _client.RemoveByTagAsync("*");

        Assert.False((await _client.TryGetAsync(_cache, 1)).IsFound);
        await Eventually.TrueAsync(
            async () => !(await _other.TryGetAsync(_cache, 1)).IsFound, "the other client is notified");
        await _client.SetAsync(_cache, 1, "again");
        Assert.Equal("again", await _client.GetAsync(_cache, 1));
    }

    [Fact]
    public async Task RemoveByTagAsync_DuringALoad_NextCallLoadsAgain()
    {
        var load = new Load<string>();
        var loading = _client.GetWithFallbackAsync(_cache, 1, load.RunAsync, Red).AsTask();
        await Eventually.TrueAsync(() => load.Runs == 1, "the value is being loaded");
        await _client.RemoveByTagAsync("red");
        load.Return("old");
        Assert.Equal("old", await loading);

        var second = new Load<string>();
        second.Return("new");
        Assert.Equal("new", await _client.GetWithFallbackAsync(_cache, 1, second.RunAsync, Red));
        Assert.Equal("new", await _client.GetAsync(_cache, 1));
    }

    [Fact]
    public async Task GetWithFallbackAsync_WithTags_TagsTheLoadedValue()
    {
        await _client.GetWithFallbackAsync(_cache, 1, (_, _) => new ValueTask<string?>("one"), Red);
        var many = new[] { 2, 3 };
        await _client.GetManyWithFallbackAsync(
            _cache, many, (keys, _) => new(keys.ToDictionary(key => key, key => $"{key}")), Red);
        await _other.RemoveByTagAsync("red");

        foreach (var key in new[] { 1, 2, 3 })
        {
            await Eventually.TrueAsync(
                async () => !(await _client.TryGetAsync(_cache, key)).IsFound, "the loading client is notified");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    public async Task Tags_NotAllowed_AreRefused(string tag)
    {
        var options = new CacheCallOptions { Tags = [tag] };
        await Assert.ThrowsAsync<ArgumentException>(async () => await _client.RemoveByTagAsync(tag));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _client.SetAsync(_cache, 1, "one", options));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _client.GetWithFallbackAsync(
            _cache, 1, (_, _) => new ValueTask<string?>("one"), options));
    }
}

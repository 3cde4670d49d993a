using CacheOrleans.Definitions;
using CacheOrleans.Testing;

namespace CacheOrleans.Client.Tests;

public sealed class CacheClientTests(SharedCluster shared) : IClassFixture<SharedCluster>, IAsyncLifetime
{
    private readonly CacheCluster _cluster = shared.Cluster;
    private ICacheClient _client = null!;
    private ICacheClient _other = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _client = _cluster.Join().Client;
        _other = _cluster.Join().Client;
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _cluster.LeaveAsync();

    [Fact]
    public async Task GetWithFallbackAsync_MissingValue_LoadsItOnceForAllClients()
    {
        var cache = TestCaches.New<string>();
        var loads = 0;
        ValueTask<string?> Load(int key, CancellationToken stopping)
        {
            loads++;
            return new($"value {key}");
        }

        Assert.Equal("value 1", await _client.GetWithFallbackAsync(cache, 1, Load));
        Assert.Equal("value 1", await _client.GetWithFallbackAsync(cache, 1, Load));
        Assert.Equal("value 1", await _other.GetWithFallbackAsync(cache, 1, Load));
        Assert.Equal("value 2", await _other.GetWithFallbackAsync(cache, 2, Load));

        Assert.Equal(2, loads);
    }

    [Fact]
    public async Task GetAsync_LoadedValueOfAnotherType_ThrowsNamingTheKey()
    {
        var numbers = new CacheDefinition<string, int>("greeting", "greeting:{name}", TimeSpan.FromMinutes(5));

        var error = await Assert.ThrowsAsync<InvalidDataException>(
            async () => await _client.GetAsync(numbers, "world", Cancellation));
        await Assert.ThrowsAsync<InvalidDataException>(
            async () => await _client.GetManyAsync(numbers, ["world"], Cancellation));

        await Assert.ThrowsAsync<InvalidDataException>(
            async () => await _client.GetAsync(numbers, "slow", Cancellation));
        Assert.Contains("greeting/v1?name=world", error.Message, StringComparison.Ordinal);
        Assert.Equal("hello world", await _client.GetAsync(TestCaches.Greeting, "world"));
    }

    [Fact]
    public async Task GetWithFallbackAsync_FallbackFindsNothing_CachesNotFound()
    {
        var cache = TestCaches.New<string>();
        var loads = 0;
        ValueTask<string?> Load(int key, CancellationToken stopping)
        {
            loads++;
            return new((string?)null);
        }

        Assert.Null(await _client.GetWithFallbackAsync(cache, 1, Load));
        Assert.Null(await _client.GetWithFallbackAsync(cache, 1, Load));
        Assert.Null(await _other.GetWithFallbackAsync(cache, 1, Load));
        Assert.Equal(new CacheResult<string>(false, null), await _other.TryGetAsync(cache, 1));

        Assert.Equal(1, loads);
    }

    [Fact]
    public async Task GetWithFallbackAsync_DefaultOfAStruct_IsCached()
    {
        var cache = TestCaches.New<int>();
        Assert.Equal(0, await _client.GetWithFallbackAsync(cache, 1, (_, _) => new ValueTask<int>(0)));
        Assert.Equal(0, await _other.GetWithFallbackAsync(cache, 1, (_, _) => new ValueTask<int>(1)));
        await EventuallyKeptAsync(cache, 1, 0);
    }

    [Fact]
    public async Task GetAsync_CacheWithALoader_RunsTheLoader()
    {
        Assert.Equal("hello world", await _client.GetAsync(TestCaches.Greeting, "world"));
        Assert.Equal("hello world", await _client.GetAsync<string>("greeting/v1?name=world"));
        Assert.Null(await _client.GetAsync(TestCaches.Greeting, "nobody"));
        var error = await Assert.ThrowsAsync<CacheFallbackException>(
            async () => await _client.GetAsync(TestCaches.Greeting, "trouble"));
        Assert.Equal("the greeter is ill", error.InnerException!.Message);
    }

    [Fact]
    public async Task GetAsync_CacheWithoutALoader_FindsNothing()
    {
        var cache = TestCaches.New<string>();
        Assert.Null(await _client.GetAsync(cache, 1));
        await _other.SetAsync(cache, 1, "set");
        Assert.Equal("set", await _client.GetAsync(cache, 1));
    }

    [Fact]
    public async Task TryGetAsync_MissingValue_DoesNotLoadIt()
    {
        Assert.False((await _client.TryGetAsync(TestCaches.Greeting, "nemo")).IsFound);
        Assert.False((await _client.TryGetAsync<string>("greeting/v1?name=nemo")).IsFound);
        await _client.GetAsync(TestCaches.Greeting, "nemo");
        var found = await _other.TryGetAsync(TestCaches.Greeting, "nemo");
        Assert.Equal(new CacheResult<string>(true, "hello nemo"), found);
    }

    [Fact]
    public async Task SetAsync_ExistingCopies_EndAtOnceHereAndSoonElsewhere()
    {
        var cache = TestCaches.New<string>();
        await _client.SetAsync(cache, 1, "one");
        Assert.Equal("one", await _client.GetAsync(cache, 1));
        Assert.Equal("one", await _other.GetAsync(cache, 1));

        await _client.SetAsync(cache, 1, "two");

        Assert.Equal("two", await _client.GetAsync(cache, 1));
        await Eventually.TrueAsync(
            async () => await _other.GetAsync(cache, 1) == "two", "the other client is notified");
    }

    [Fact]
    public async Task RemoveAsync_ExistingCopies_EndAtOnceHereAndSoonElsewhere()
    {
        var cache = TestCaches.New<string>();
        await _client.SetAsync(cache, 1, "one");
        Assert.Equal("one", await _client.GetAsync(cache, 1));
        Assert.Equal("one", await _other.GetAsync(cache, 1));

        Assert.Equal(WriteOutcome.Applied, await _client.RemoveAsync(cache, 1));

        Assert.False((await _client.TryGetAsync(cache, 1)).IsFound);
        await Eventually.TrueAsync(
            async () => !(await _other.TryGetAsync(cache, 1)).IsFound, "the other client is notified");
    }

    [Fact]
    public async Task ExpireAsync_ExistingValue_NextReadLoadsAgain()
    {
        var cache = TestCaches.New<string>();
        await _client.SetAsync(cache, 1, "one");
        await _client.GetAsync(cache, 1);
        await _client.ExpireAsync(cache, 1);
        Assert.Equal("two", await _client.GetWithFallbackAsync(cache, 1, (_, _) => new ValueTask<string?>("two")));
    }

    [Fact]
    public async Task Writes_ByKeyText_ReachTheCache()
    {
        await _client.SetAsync("greeting/v1?name=text", "good day");
        Assert.Equal("good day", await _client.GetAsync(TestCaches.Greeting, "text"));
        await _client.RemoveAsync("greeting/v1?name=text");
        Assert.Equal("hello text", await _client.GetAsync(TestCaches.Greeting, "text"));
        await _client.SetAsync(TestCaches.Greeting.Key("text"), "good night");
        Assert.Equal("good night", await _client.GetAsync(TestCaches.Greeting, "text"));
        await _client.ExpireAsync(TestCaches.Greeting.Key("text"));
        Assert.Equal("hello text", await _client.GetAsync<string>(TestCaches.Greeting.Key("text")));
    }

    [Fact]
    public async Task Calls_DefinitionWithoutParameters_NeedNoKey()
    {
        var home = new CacheDefinition<string>($"home-{Guid.NewGuid():N}", "home", TimeSpan.FromMinutes(1));
        Assert.Equal("page", await _client.GetWithFallbackAsync(home, _ => new ValueTask<string?>("page")));
        await EventuallyKeptAsync(home, default, "page");
        await _client.SetAsync(home, "other page");
        Assert.Equal("other page", await _client.GetAsync(home));
        await _client.RemoveAsync(home);
        Assert.False((await _client.TryGetAsync(home)).IsFound);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("greeting/v1?name=a b")]
    [InlineData("unknown/v1?name=a")]
    public async Task Calls_InvalidKeyText_Throw(string key)
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await _client.GetAsync<string>(key));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _client.SetAsync(key, "value"));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _client.RemoveAsync(key));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _client.GetWithFallbackAsync<string>(
            key, (_, _) => new ValueTask<string?>("value")));
    }

    [Fact]
    public async Task Calls_InvalidKeyOrCanceled_FailThroughTheTask()
    {
        var cache = TestCaches.Greeting;
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        ValueTask<string?> Load(string key, CancellationToken stopping) => new("value");

        var bad = new string('k', 5000);
        var refused = _client.GetWithFallbackAsync(cache, bad, Load).AsTask();
        var read = _client.GetAsync(cache, bad).AsTask();
        var tried = _client.TryGetAsync(cache, bad).AsTask();
        var canceled = _client.GetWithFallbackAsync(cache, "key", Load, cancellationToken: gone.Token).AsTask();

        await Assert.ThrowsAsync<ArgumentException>(() => refused);
        await Assert.ThrowsAsync<ArgumentException>(() => read);
        await Assert.ThrowsAsync<ArgumentException>(() => tried);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => canceled);
        Assert.True(canceled.IsCanceled);
    }

    [Fact]
    public async Task Keys_EqualWithDifferentTexts_HaveSeparateCopies()
    {
        var moments = new CacheDefinition<DateTimeOffset, string>(
            $"moments-{Guid.NewGuid():N}", "moment:{at}", TimeSpan.FromMinutes(1));
        var prices = new CacheDefinition<(int Id, decimal Price), string>(
            $"prices-{Guid.NewGuid():N}", "price:{id}:{price}", TimeSpan.FromMinutes(1));
        var noon = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
        var loads = 0;
        ValueTask<string?> Load(object key, CancellationToken stopping) => new($"{++loads}: {key}");

        foreach (var at in (DateTimeOffset[])[noon, noon.ToOffset(TimeSpan.FromHours(2))])
        {
            var first = await _client.GetWithFallbackAsync(moments, at, (key, token) => Load(key, token));
            Assert.EndsWith($"{at}", first, StringComparison.Ordinal);
            Assert.Equal(first, await _client.GetWithFallbackAsync(moments, at, (key, token) => Load(key, token)));
        }

        await _client.GetWithFallbackAsync(prices, (1, 1.0m), (key, token) => Load(key, token));
        await _client.GetWithFallbackAsync(prices, (1, 1.00m), (key, token) => Load(key, token));
        Assert.Equal(4, loads);
    }

    [Fact]
    public async Task Limits_Exceeded_AreNamedInTheError()
    {
        var cache = new CacheDefinition<string, string>(
            $"texts-{Guid.NewGuid():N}", "text:{text}", TimeSpan.FromMinutes(1));
        ValueTask<string?> Load(string key, CancellationToken stopping) => new("value");

        var length = await Assert.ThrowsAsync<ArgumentException>(
            async () => await _client.GetWithFallbackAsync(cache, new string('x', 2000), Load));
        Assert.Contains("CacheOrleans:Limits:MaxKeyLength", length.Message, StringComparison.Ordinal);
        var control = await Assert.ThrowsAsync<ArgumentException>(
            async () => await _client.GetWithFallbackAsync(cache, "a\nb", Load));
        Assert.Contains("CacheOrleans:Limits:AllowControlCharacters", control.Message, StringComparison.Ordinal);
        var value = await Assert.ThrowsAsync<ArgumentException>(
            async () => await _client.SetAsync(cache, "large", new string('x', 2_000_000)));
        Assert.Contains("CacheOrleans:Limits:MaxValueBytes", value.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await _client.SetAsync(
            cache, "short", "value", new CacheCallOptions { TimeToLive = TimeSpan.FromTicks(1) }));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await _client.GetAsync(cache, null!));
    }

    [Fact]
    public async Task Values_OverTheSizeLimit_AreReturnedToAllAndNotStored()
    {
        var cache = TestCaches.New<byte[]>();
        var value = new byte[10_000_000];
        value[^1] = 7;
        var loads = 0;
        var release = new TaskCompletionSource();
        async ValueTask<byte[]?> Load(int key, CancellationToken stopping)
        {
            loads++;
            await release.Task;
            return value;
        }

        await _cluster.DeclareAsync(cache, 1);
        var mine = _client.GetWithFallbackAsync(cache, 1, Load);
        await Eventually.TrueAsync(() => loads == 1, "the value is being loaded");
        var theirs = _other.GetWithFallbackAsync(cache, 1, Load);
        await Eventually.TrueAsync(() => _cluster.Gate.Asked(cache.Key(1).Text) == 2, "the other client waits");
        release.SetResult();

        Assert.Equal(7, (await mine)![^1]);
        Assert.Equal(7, (await theirs)![^1]);
        Assert.Equal(1, loads);
        Assert.False((await _client.TryGetAsync(cache, 1)).IsFound);
    }

    [Fact]
    public async Task MutableValues_AreNeverShared()
    {
        var cache = TestCaches.New<List<int>>();
        var mine = await _client.GetWithFallbackAsync(cache, 1, (_, _) => new ValueTask<List<int>?>([1, 2, 3]));
        mine!.Clear();
        for (var i = 0; i < 3; i++)
        {
            var again = await _client.GetWithFallbackAsync(cache, 1, (_, _) => new ValueTask<List<int>?>([]));
            Assert.Equal([1, 2, 3], again!);
            again!.Add(4);
        }
    }

    private async Task EventuallyKeptAsync<TKey, T>(CacheDefinition<TKey, T> cache, TKey key, T value)
        where TKey : notnull => await Eventually.TrueAsync(
            async () => await _other.TryGetAsync(cache, key) == new CacheResult<T>(true, value), "it is stored");
}

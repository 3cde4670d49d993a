using System.Collections.Concurrent;
using CacheOrleans.Definitions;
using CacheOrleans.Testing;

namespace CacheOrleans.Client.Tests.Caches;

/// <summary>A definition that the silos refuse, because they know another one with its name.</summary>
public sealed class RefusedDefinitionTests : IAsyncLifetime
{
    private const int Refusal = 4012;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    private readonly CacheDefinition<string, string> _renamed = new("greeting", "greeting:{who}", Life);
    private readonly CacheDefinition<string, string> _moved = new("greeting", "hello:{name}", Life);
    private readonly ConcurrentQueue<IReadOnlyList<string>> _loads = new();
    private CacheCluster _cluster = null!;
    private TestApplication _application = null!;

    private ICacheClient Client => _application.Client;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _cluster = await CacheCluster.StartAsync(silos: 2);
        _application = _cluster.Join();
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task GetWithFallback_RefusedDefinition_LoadsLocallyAndLogsOnce()
    {
        foreach (var cache in new[] { _renamed, _moved })
        {
            var runs = 0;
            var gate = new TaskCompletionSource();
            async ValueTask<string?> LoadAsync(string key, CancellationToken stopping)
            {
                Interlocked.Increment(ref runs);
                await gate.Task;
                return $"mine {key}";
            }

            var callers = Enumerable.Range(0, 20)
                .Select(_ => Client.GetWithFallbackAsync(cache, "a", LoadAsync).AsTask()).ToArray();
            await Eventually.TrueAsync(() => runs == 1, "the fallback runs");
            gate.SetResult();

            Assert.All(await Task.WhenAll(callers), value => Assert.Equal("mine a", value));
            Assert.Equal("mine a", await Client.GetWithFallbackAsync(cache, "a", LoadAsync));
            Assert.Equal("mine b", await Client.GetWithFallbackAsync(cache, "b", LoadAsync));
            Assert.Equal(2, runs);
        }

        Assert.Equal("hello a", await Client.GetAsync(TestCaches.Greeting, "a", Cancellation));
        Assert.Equal(2, _application.Log.Of(Refusal).Count);
        Assert.Contains(_application.Log.Of(Refusal), record =>
            record.Message.Contains("'greeting:{name}'", StringComparison.Ordinal)
            && record.Message.Contains("'greeting:{who}'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OtherCalls_RefusedDefinition_ThrowNamingBothTemplates()
    {
        foreach (var cache in new[] { _renamed, _moved })
        {
            await Client.SetAsync(TestCaches.Greeting, "a", "theirs", null, Cancellation);

            await RefusedAsync(async () => await Client.GetAsync(cache, "a", Cancellation));
            await RefusedAsync(async () => await Client.TryGetAsync(cache, "a", Cancellation));
            await RefusedAsync(async () => await Client.GetManyAsync(cache, ["a", "b"], Cancellation));
            await RefusedAsync(async () => await Client.SetAsync(cache, "a", "mine", null, Cancellation));
            await RefusedAsync(async () => await Client.RemoveAsync(cache, "a", Cancellation));
            await RefusedAsync(async () => await Client.ExpireAsync(cache, "a", Cancellation));

            Assert.Equal("theirs", await Client.GetAsync(TestCaches.Greeting, "a", Cancellation));

            async Task RefusedAsync(Func<Task> call)
            {
                var error = await Assert.ThrowsAnyAsync<ArgumentException>(call);
                Assert.Contains("'greeting:{name}'", error.Message, StringComparison.Ordinal);
                Assert.Contains($"'{cache.Template}'", error.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task GetMany_RefusedDefinition_LoadsEachKeyOnceLocally()
    {
        string[] keys = [.. Enumerable.Range(0, 50).Select(key => $"key {key}")];

        var found = await Client.GetManyWithFallbackAsync(_moved, keys, LoadAsync);

        Assert.Equal(50, found.Count);
        Assert.Equal("mine key 7", found["key 7"]);
        Assert.Equal(50, (await Client.GetManyWithFallbackAsync(_moved, keys, LoadAsync)).Count); // copies
        Assert.Equal(keys.Order(), _loads.SelectMany(load => load).Order());
        Assert.Single(_application.Log.Of(Refusal));
    }

    [Fact]
    public async Task GetMany_DefinitionAcceptedByOneSilo_SharesThatSilosKeys()
    {
        var cache = new CacheDefinition<string, string>($"split-{Guid.NewGuid():N}", "mine:{id}", Life);
        await DeclareAsync(_cluster.Silos.Client, cache.Name, "theirs:{id}"); // to one of two silos
        string[] keys = [.. Enumerable.Range(0, 50).Select(key => $"key {key}")];

        Assert.Equal(50, (await Client.GetManyWithFallbackAsync(cache, keys, LoadAsync)).Count);
        Assert.Equal(50, _loads.Sum(load => load.Count));
        Assert.Equal(50, (await _cluster.Join().Client.GetManyWithFallbackAsync(cache, keys, LoadAsync)).Count);

        Assert.InRange(_loads.Sum(load => load.Count) - 50, 1, 49);
    }

    /// <remarks>There is a limit for all clients together, and one for each client.</remarks>
    [Theory]
    [InlineData(false, 10_000)]
    [InlineData(true, 1000)]
    public async Task GetWithFallback_TooManyCaches_RunsTheFallback(bool isOneClient, int most)
    {
        await using var cluster = await CacheCluster.StartAsync();
        var client = cluster.Join().Client;
        var grains = isOneClient ? cluster.Silos.Client : cluster.Silos.SiloGrains();
        await Parallel.ForAsync(0, most, Cancellation, async (i, _) => await DeclareAsync(grains, $"cache{i}", "{id}"));

        var cache = TestCaches.New<string>();
        Assert.Equal("mine", await client.GetWithFallbackAsync(cache, 1, (_, _) => new ValueTask<string?>("mine")));
        Assert.Equal("mine", (await client.GetManyWithFallbackAsync(
            cache, [2], (keys, _) => new(keys.ToDictionary(key => key, _ => "mine"))))[2]);

        var error = await Assert.ThrowsAnyAsync<ArgumentException>(
            async () => await client.SetAsync(cache, 1, "mine", null, Cancellation));
        Assert.Contains($"{most}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_TwoDefinitionsInOneProcess_DoNotShareALoad()
    {
        var load = new Load<string>();
        var name = $"numbers-{Guid.NewGuid():N}";
        var first = Client.GetWithFallbackAsync(
            new CacheDefinition<int, string>(name, "a:{id}", Life), 1, load.RunAsync).AsTask();
        await Eventually.TrueAsync(() => load.Runs == 1, "the first value is being loaded");

        Assert.Equal("second", await Client.GetWithFallbackAsync(
            new CacheDefinition<int, string>(name, "b:{id}", Life), 1, (_, _) => new ValueTask<string?>("second")));

        load.Return("first");
        Assert.Equal("first", await first);
    }

    private static Task DeclareAsync(IGrainFactory grains, string cache, string template) => grains
        .GetGrain<ICacheEntryGrain>($"{cache}/v1?id=1")
        .DeclareAsync(new(cache, template, new(Life, Life)));

    private ValueTask<IReadOnlyDictionary<string, string>> LoadAsync(
        IReadOnlyList<string> keys, CancellationToken stopping)
    {
        _loads.Enqueue(keys);
        return new(keys.ToDictionary(key => key, key => $"mine {key}"));
    }
}

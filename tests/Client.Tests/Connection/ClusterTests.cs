using CacheOrleans.Definitions;
using CacheOrleans.Testing;

namespace CacheOrleans.Client.Tests.Connection;

/// <summary>A cluster that is connected and silent.</summary>
public sealed class ClusterTests : IAsyncLifetime
{
    private readonly CacheDefinition<int, string> _cache = TestCaches.New<string>();
    private CacheCluster _cluster = null!;
    private TestApplication _application = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await CacheCluster.StartAsync();
        _application = _cluster.Join(options =>
        {
            options.Silence = TimeSpan.FromMilliseconds(500);
            options.WriteTimeout = TimeSpan.FromSeconds(1);
        });
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task ASilentOwner_IsDoneWithout_OnceInThisProcess()
    {
        _cluster.Gate.Close(_cache.Key(1).Text);
        var load = new Load<string>();
        var callers = Enumerable.Range(0, 20)
            .Select(_ => _application.Client.GetWithFallbackAsync(_cache, 1, load.RunAsync).AsTask())
            .ToList();
        load.Return("local");

        Assert.All(await Task.WhenAll(callers), value => Assert.Equal("local", value));
        Assert.Equal(1, load.Runs);
        Assert.Equal("local", await _application.Client.GetWithFallbackAsync(_cache, 1, load.RunAsync));
        Assert.Equal(1, load.Runs);
        _cluster.Gate.Open(_cache.Key(1).Text);
    }

    [Fact]
    public async Task ASilentOwner_IsNoErrorForTryGet_AndOneForGet()
    {
        _cluster.Gate.Close(_cache.Key(1).Text);
        Assert.False((await _application.Client.TryGetAsync(_cache, 1)).IsFound);
        var error = await Assert.ThrowsAsync<CacheUnavailableException>(
            async () => await _application.Client.GetAsync(_cache, 1));
        Assert.IsType<TimeoutException>(error.InnerException);
        _cluster.Gate.Open(_cache.Key(1).Text);
    }

    [Fact]
    public async Task AfterThreeSilences_CallsAreLeftOut_AndOneFindsTheClusterAgain()
    {
        foreach (var key in new[] { 1, 2, 3 })
        {
            _cluster.Gate.Close(_cache.Key(key).Text);
            Assert.False((await _application.Client.TryGetAsync(_cache, key)).IsFound);
        }

        var warning = Assert.Single(_application.Log.Entries, entry => entry.Id.Id == 4002);
        Assert.Null(warning.Exception);
        Assert.EndsWith("The operation has timed out.", warning.Text, StringComparison.Ordinal);
        await Eventually.TrueAsync(
            async () =>
            {
                await _application.Client.TryGetAsync(_cache, 4);
                return _application.Log.Entries.Any(entry => entry.Id.Id == 4003);
            },
            "the cluster is found again");
        foreach (var key in new[] { 1, 2, 3 })
        {
            _cluster.Gate.Open(_cache.Key(key).Text);
        }
    }
}

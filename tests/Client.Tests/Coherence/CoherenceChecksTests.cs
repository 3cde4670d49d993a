using System.Diagnostics;
using CacheOrleans.Definitions;
using CacheOrleans.Testing;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CacheOrleans.Client.Tests.Coherence;

public sealed class CoherenceChecksTests : IAsyncLifetime
{
    private const string Copy = "copy";
    private const string Owner = "owner";

    private readonly CacheDefinition<int, string> _cache = TestCaches.New<string>();
    private readonly Interception _calls = new();
    private CacheCluster _cluster = null!;
    private ICacheClient _writer = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await CacheCluster.StartAsync(silos: 2, silo => silo.Services
            .AddSingleton<IIncomingGrainCallFilter>(_calls)
            .AddSingleton<IOutgoingGrainCallFilter>(_calls));
        _writer = _cluster.Join(options => options.CoherenceSampleOneIn = 0).Client;
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Reads_LostNotification_AreStaleByTheirAge()
    {
        var (writer, reader) = (JoinWithHybrid(oneIn: 0), JoinWithHybrid(oneIn: 1));
        using var results = new CheckResults(reader);
        await WriteAsync(writer, "old");
        await ReadAsync(reader, "old"); // from the owners
        await ReadAsync(reader, "old"); // from copies
        _calls.LosesNotifications = true;
        var start = Stopwatch.GetTimestamp();
        await WriteAsync(writer, "new");
        await Latency.OfAsync(200);

        await ReadAsync(reader, "old");
        var age = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Assert.Equal("new", await reader.Client.GetWithFallbackAsync(_cache, 1, Fail, Strictly));

        await Eventually.TrueAsync(
            () => results.Of("checked", Copy) == 6 && results.Of("checked", Owner) == 4, "all reads are checked");
        Assert.Equal(3, results.Of("stale", Copy));
        Assert.Equal(3, results.Ages.Count);
        Assert.All(results.Ages, stale => Assert.InRange(stale, 0.1, age));
        Assert.Equal(0, results.Of("stale", Owner));
        Assert.Equal(0, results.Of("unknown", Owner) + results.Of("unknown", Copy));
    }

    [Fact]
    public async Task Reads_SamplingIsOff_NoOwnerIsAsked()
    {
        var time = new FakeTimeProvider();
        var reader = Join(oneIn: 0, services => services.AddSingleton<TimeProvider>(time));
        await _writer.SetAsync(_cache, 1, "one");
        for (var i = 0; i < 20_000; i++)
        {
            await reader.Client.GetAsync(_cache, 1);
        }

        await PassAsync(time, seconds: 10);

        Assert.Equal(0, _calls.Messages);
    }

    [Fact]
    public async Task Reads_Many_AreCheckedWithinTheLimit()
    {
        var time = new FakeTimeProvider();
        var reader = Join(oneIn: 1, services => services.AddSingleton<TimeProvider>(time), maxPerSecond: 10);
        using var results = new CheckResults(reader);
        await _writer.SetAsync(_cache, 1, "one");
        const int Seconds = 8;
        for (var second = 0; second < Seconds; second++)
        {
            for (var i = 0; i < 1000; i++)
            {
                await reader.Client.GetAsync(_cache, 1);
            }

            await PassAsync(time, seconds: 1);
        }

        await Eventually.TrueAsync(
            async () =>
            {
                await PassAsync(time, seconds: 1);
                return _calls.Checks >= 20
                    && results.Of("checked", Copy) + results.Of("checked", Owner) == _calls.Checks;
            },
            "the sampled reads are checked");
        Assert.InRange(_calls.Checks, 20, Seconds * 10);
        Assert.InRange(_calls.Messages, 2, Seconds);
    }

    [Fact]
    public async Task Reads_ValueLoadedWithoutTheCluster_IsNotChecked()
    {
        var time = new FakeTimeProvider();
        var reader = new TestApplication(
            options => options.CoherenceSampleOneIn = 1,
            services => services
                .AddSingleton(_cluster.Silos.Client.ServiceProvider.GetRequiredService<IGrainFactory>())
                .AddSingleton<TimeProvider>(time));
        await using var _ = reader;
        using var results = new CheckResults(reader);
        _cluster.Gate.CloseAll();
        var loading = reader.Client.GetWithFallbackAsync(_cache, 1, (_, _) => new ValueTask<string?>("mine")).AsTask();
        await Eventually.TrueAsync(
            async () =>
            {
                await PassAsync(time, seconds: 1);
                return loading.IsCompleted;
            },
            "the value is loaded");
        _cluster.Gate.OpenAll();

        Assert.Equal("mine", await reader.Client.GetWithFallbackAsync(_cache, 1, Fail));
        await PassAsync(time, seconds: 10);

        Assert.Equal(0, _calls.Messages);
    }

    private static readonly CacheCallOptions Strictly = new() { NearLease = TimeSpan.Zero };

    private static ValueTask<string?> Fail(int key, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("There is a value.");

    private static async Task PassAsync(FakeTimeProvider time, int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Latency.OfAsync(20); // for what the timers have begun
        }
    }

    private async Task WriteAsync(TestApplication application, string value)
    {
        await application.Client.SetAsync(_cache, 1, value);
        await application.Client.SetAsync(_cache, 2, value);
        await application.Services.GetRequiredService<HybridCache>().SetAsync("key", value);
    }

    private async Task ReadAsync(TestApplication application, string expected)
    {
        Assert.Equal(expected, await application.Client.GetAsync(_cache, 1));
        Assert.Equal(expected, (await application.Client.GetManyAsync(_cache, [2]))[2]);
        Assert.Equal(expected, await application.Services.GetRequiredService<HybridCache>().GetOrCreateAsync<string>(
            "key", _ => throw new InvalidOperationException("There is a value.")));
    }

    private TestApplication JoinWithHybrid(int oneIn) =>
        Join(oneIn, services => services.AddCacheOrleans().AsHybridCache());

    private TestApplication Join(int oneIn, Action<IServiceCollection> services, int maxPerSecond = 100) =>
        _cluster.Join(
            options => (options.CoherenceSampleOneIn, options.CoherenceMaxPerSecond) = (oneIn, maxPerSecond),
            services);
}

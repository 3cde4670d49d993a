using System.Collections.Concurrent;
using CacheOrleans.Definitions;
using CacheOrleans.Loading;
using CacheOrleans.Storage;
using CacheOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

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
    private const int Keys = 6;

    private static readonly int ChangesPerKey = LongRuns.AreWanted ? 150 : 60;

    /// <summary>A message may be lost with a silo that stops; callers wait for its answer no longer than
    /// this.</summary>
    private static readonly TimeSpan LostAfter = TimeSpan.FromSeconds(5);

    private readonly GarnetServer _redis = GarnetServer.Launch();
    private readonly VersionedDatabase _database = new();
    private readonly ConcurrentDictionary<string, long> _applied = new();
    private readonly ConcurrentQueue<string> _violations = new();
    private readonly CancellationTokenSource _end = new();
    private InProcessTestCluster _cluster = null!;
    private int _silos;
    private int _reads;
    private int _changes;
    private int _acknowledged;

    public async ValueTask InitializeAsync()
    {
        var builder = TestClusters.Builder(3);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddRedisBackingStore(_redis.ConnectionString);
            var store = silo.Services.Single(service => service.ServiceType == typeof(IBackingStore));
            var seed = Interlocked.Increment(ref _silos);
            silo.Services.AddSingleton<IBackingStore>(provider => new DelayedStore(
                (IBackingStore)ActivatorUtilities.CreateInstance(provider, store.ImplementationType!), seed));
            silo.AddCacheOrleans().AddCache(new CacheDefinition("row", "row:{id}", TimeSpan.FromMinutes(5)));
            silo.Services.AddSingleton(new LoaderRegistration("row"));
            silo.Services.AddKeyedSingleton<ICacheLoader>("row", _database);
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _redis.Dispose();
        _end.Dispose();
    }

    [Fact]
    public async Task Reads_AreNeverOlderThanTheLastAppliedChange()
    {
        var keys = Enumerable.Range(0, Keys).Select(id => $"row/v1?id={id}").ToList();
        var readers = keys.SelectMany(key => Enumerable.Range(0, 3).Select(_ => ReadAsync(key))).ToList();
        var movers = MoveAsync(keys);
        var changes = Task.WhenAll(keys.Select(ChangeAsync));

        await Eventually.TrueAsync(() => _changes > Keys * ChangesPerKey / 4, "a quarter of the changes has been made");
        await _cluster.StopSiloAsync(_cluster.Silos[2]);
        await Eventually.TrueAsync(() => _changes > Keys * ChangesPerKey / 2, "half of the changes have been made");
        await _cluster.StartAdditionalSiloAsync();
        await changes;
        await _end.CancelAsync();
        await Task.WhenAll([.. readers, movers]);

        Assert.Empty(_violations);
        Assert.True(_acknowledged > Keys * ChangesPerKey / 2, $"only {_acknowledged} changes were applied");
        TestContext.Current.TestOutputHelper?.WriteLine($"{_changes} changes, {_acknowledged} applied, {_reads} reads");
        Assert.True(_reads > 1000, $"only {_reads} reads");
    }

    /// <summary>Changes one key's row repeatedly, and records the acknowledged changes.</summary>
    private async Task ChangeAsync(string key)
    {
        for (var i = 0; i < ChangesPerKey; i++)
        {
            await Latency.OfAsync(3);
            var version = _database.Change(key);
            var isAcknowledged = await TryAsync(() => i % 3 == 0 ? SetAsync(key, version) : InvalidateAsync(key, i));
            Interlocked.Increment(ref _changes);
            if (isAcknowledged)
            {
                _applied[key] = version;
                Interlocked.Increment(ref _acknowledged);
            }
        }
    }

    private async Task<bool> SetAsync(string key, long version)
    {
        var write = new CacheWrite(
            VersionedDatabase.Encode(version), null, WriteThrough: true, VersionedDatabase.TagsOf(key));
        return await _cluster.Client.GetGrain<ICacheEntryGrain>(key).SetAsync(write) == WriteOutcome.Applied;
    }

    /// <summary>Invalidates the key's entry, together with those that share its tag or with all entries.</summary>
    private async Task<bool> InvalidateAsync(string key, int number)
    {
        var tag = number % 10 == 0 ? ITagGrain.Everything : VersionedDatabase.TagsOf(key)[0];
        return await _cluster.Client.GetGrain<ITagGrain>(tag).InvalidateAsync() > 0;
    }

    private async Task ReadAsync(string key)
    {
        while (!_end.IsCancellationRequested)
        {
            var atLeast = _applied.GetValueOrDefault(key);
            var answer = await TryAsync(() => _cluster.Client.GetGrain<ICacheEntryGrain>(key).GetAsync());
            if (answer is not null && VersionedDatabase.Decode(answer.Value) < atLeast)
            {
                var version = VersionedDatabase.Decode(answer.Value);
                _violations.Enqueue($"{key}: {version} from {answer.Source}, stamp {answer.Stamp}; applied {atLeast}");
            }

            Interlocked.Increment(ref _reads);
        }
    }

    /// <summary>Moves the activations of entries and tags, one after the other.</summary>
    private async Task MoveAsync(List<string> keys)
    {
        for (var i = 0; !_end.IsCancellationRequested; i++)
        {
            var key = keys[i % keys.Count];
            IAddressable grain = i % 4 == 0
                ? _cluster.Client.GetGrain<ITagGrain>(VersionedDatabase.TagsOf(key)[0])
                : _cluster.Client.GetGrain<ICacheEntryGrain>(key);
            await _cluster.TryMoveAsync(grain);
            await Latency.OfAsync(50);
        }
    }

    /// <summary>Returns no result if a call fails while silos join and stop: it is neither a read nor an
    /// acknowledgement.</summary>
    private static async Task<T?> TryAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call().WaitAsync(LostAfter);
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException or CacheFallbackException)
        {
            return default;
        }
    }
}

using System.Collections.Concurrent;
using CacheOrleans.Definitions;
using CacheOrleans.Loading;
using CacheOrleans.Storage;
using CacheOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.EndToEnd.History;

/// <summary>Changes and reads rows through their grains in three silos with a slow store, while activations move, a
/// silo stops, and another joins. No read may be older than the last acknowledged change of its key.</summary>
internal sealed class GrainHistory : IAsyncDisposable
{
    private const int Keys = 6;

    /// <summary>A message may be lost with a silo that stops; callers wait for its answer no longer than
    /// this.</summary>
    private static readonly TimeSpan LostAfter = TimeSpan.FromSeconds(5);

    private readonly GarnetServer _redis = GarnetServer.Launch();
    private readonly VersionedDatabase _database = new();
    private readonly ConcurrentDictionary<string, long> _applied = new();
    private readonly ConcurrentQueue<string> _violations = new();
    private HistoryCluster _cluster = null!;
    private int _silos;
    private int _reads;
    private int _changes;
    private int _acknowledged;

    public IGrainFactory Grains => _cluster.Silos.Client;

    public async ValueTask StartAsync() => _cluster = await HistoryCluster.StartAsync(
        _redis.ConnectionString,
        silo =>
        {
            var store = silo.Services.Single(service => service.ServiceType == typeof(IBackingStore));
            var seed = Interlocked.Increment(ref _silos);
            silo.Services.AddSingleton<IBackingStore>(provider => new DelayedStore(
                (IBackingStore)ActivatorUtilities.CreateInstance(provider, store.ImplementationType!), seed));
            silo.AddCacheOrleans().AddCache(new CacheDefinition("row", "row:{id}", TimeSpan.FromMinutes(5)));
            silo.Services.AddSingleton(new LoaderRegistration("row"));
            silo.Services.AddKeyedSingleton<ICacheLoader>("row", _database);
        });

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _redis.Dispose();
    }

    /// <summary>Runs the history, and checks it.</summary>
    /// <param name="changesPerKey">How often each row is changed.</param>
    /// <param name="minAcknowledged">The part of the changes that must be acknowledged.</param>
    /// <param name="change">Changes the row of a key to a version, by the number of the change, and returns whether
    /// this was acknowledged.</param>
    /// <param name="moved">Selects the grain of a key that is moved next, by the number of the move.</param>
    public async Task RunAsync(
        int changesPerKey,
        double minAcknowledged,
        Func<string, long, int, Task<bool>> change,
        Func<string, int, IAddressable> moved)
    {
        var keys = Enumerable.Range(0, Keys).Select(id => $"row/v1?id={id}").ToList();
        await _cluster.MoveWhileAsync(ChangeAndReadAsync, i => moved(keys[i % Keys], i));

        Assert.Empty(_violations);
        Assert.True(
            _acknowledged > Keys * changesPerKey * minAcknowledged, $"only {_acknowledged} changes were applied");
        TestContext.Current.TestOutputHelper?.WriteLine($"{_changes} changes, {_acknowledged} applied, {_reads} reads");
        Assert.True(_reads > 1000, $"only {_reads} reads");

        async Task ChangeAndReadAsync()
        {
            using var end = new CancellationTokenSource();
            var readers = keys
                .SelectMany(key => Enumerable.Range(0, 3).Select(_ => ReadAsync(key, end.Token)))
                .ToList();
            var changes = Task.WhenAll(keys.Select(key => ChangeAsync(key, changesPerKey, change)));
            await ChangedAsync(0.25);
            await _cluster.Silos.StopSiloAsync(_cluster.Silos.Silos[2]);
            await ChangedAsync(0.5);
            await _cluster.Silos.StartAdditionalSiloAsync();
            await changes;
            await end.CancelAsync();
            await Task.WhenAll(readers);
        }

        Task ChangedAsync(double part) => Eventually.TrueAsync(
            () => _changes > Keys * changesPerKey * part, $"{part} of the changes have been made");
    }

    /// <summary>Changes one key's row repeatedly, and records the acknowledged changes.</summary>
    private async Task ChangeAsync(string key, int count, Func<string, long, int, Task<bool>> change)
    {
        for (var i = 0; i < count; i++)
        {
            var version = _database.Change(key);
            var isAcknowledged = await TryAsync(() => change(key, version, i));
            Interlocked.Increment(ref _changes);
            if (isAcknowledged)
            {
                _applied[key] = version;
                Interlocked.Increment(ref _acknowledged);
            }
            else
            {
                await Latency.OfAsync(20); // the store is reported as failing, and every write is queued for a while
            }
        }
    }

    private async Task ReadAsync(string key, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            var atLeast = _applied.GetValueOrDefault(key);
            var answer = await TryAsync(() => Grains.GetGrain<ICacheEntryGrain>(key).GetAsync());
            if (answer is not null && VersionedDatabase.Decode(answer.Value) < atLeast)
            {
                var version = VersionedDatabase.Decode(answer.Value);
                _violations.Enqueue($"{key}: {version} from {answer.Source}, stamp {answer.Stamp}; applied {atLeast}");
            }

            Interlocked.Increment(ref _reads);
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

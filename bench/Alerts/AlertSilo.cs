using System.Diagnostics;
using CacheOrleans.Alerts;
using CacheOrleans.Definitions;
using CacheOrleans.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace CacheOrleans.Bench.Alerts;

/// <summary>A silo whose store fails every read, and that serves reads of one cold key after another.</summary>
/// <remarks>It is the only silo, so it hosts the coordinator of alerts and delivers the messages. There are as many
/// messages as possible: 100 caches that alert every second. The breaker is disabled, because it would skip the store.
/// </remarks>
internal sealed class AlertSilo : IAsyncDisposable
{
    private static readonly CacheDefinition[] Caches =
    [
        .. Enumerable.Range(0, 100).Select(number =>
            new CacheDefinition($"cache{number}", $"cache{number}:{{id}}", TimeSpan.FromMinutes(5))),
    ];

    private readonly InProcessTestCluster _cluster;
    private int _reads;

    private AlertSilo(InProcessTestCluster cluster)
    {
        _cluster = cluster;
    }

    public List<double> Milliseconds { get; } = [];

    public static async Task<AlertSilo> StartAsync(bool hangs)
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.Options.ConfigureFileLogging = false; // the log files would go into the current folder
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<IBackingStore, FailingStore>();
            silo.Services.AddSingleton<IWriteBehind, FailingStore>();
            silo.Services.Configure<AlertOptions>(options =>
            {
                (options.Log, options.MaxKeys, options.Cooldown) = (false, 1000, TimeSpan.FromSeconds(1));
            });
            if (hangs)
            {
                silo.Services.AddSingleton<IAlertChannel, HangingChannel>();
            }

            var caches = silo.AddCacheOrleans();
            foreach (var cache in Caches)
            {
                caches.AddCache(cache).AddLoader<OneValue>(cache.Name);
            }
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        await cluster.GetSiloServiceProvider().GetRequiredService<IGrainFactory>()
            .GetGrain<ICircuitBreakerGrain>(ICircuitBreakerGrain.Redis).DisableAsync();
        return new AlertSilo(cluster);
    }

    /// <summary>Reads cold keys, several at a time, and records how long each read took.</summary>
    public async Task ReadAsync(int reads, int atOnce)
    {
        for (var i = 0; i < reads; i += atOnce)
        {
            Milliseconds.AddRange(await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => ReadAsync())));
        }
    }

    /// <summary>Returns how many of the last 100 decided messages are not yet delivered by all channels.</summary>
    public async Task<int> WaitingAsync()
    {
        var statistics = await _cluster.Client.GetGrain<IAlertThrottleGrain>(IAlertThrottleGrain.Key).GetStatsAsync();
        return statistics.Decisions.Count(decision =>
            decision.Deliveries.Any(delivery => delivery.State == AlertDeliveryState.Pending));
    }

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();

    private async Task<double> ReadAsync()
    {
        var number = Interlocked.Increment(ref _reads);
        var key = Caches[number % Caches.Length].Key($"{number}").Text;
        var start = Stopwatch.GetTimestamp();
        var answer = await _cluster.Client.GetGrain<ICacheEntryGrain>(key).GetAsync();
        var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return answer.Source == EntrySource.Fallback
            ? took
            : throw new InvalidOperationException($"'{key}' came from {answer.Source}.");
    }
}

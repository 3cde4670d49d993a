using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using CacheOrleans.Client.Batches;
using CacheOrleans.Client.Caches;
using CacheOrleans.Client.Coherence;
using CacheOrleans.Client.Connection;
using CacheOrleans.Client.Near;
using CacheOrleans.Client.Reads;
using CacheOrleans.Client.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Client.Registration;

/// <summary>A client, and the objects that live as long as it does.</summary>
internal sealed class CacheClientInstance : IDisposable
{
    /// <summary>The shortest time between two sweeps of copies that are no longer valid.</summary>
    private static readonly TimeSpan MinSweep = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Cluster _cluster;
    private readonly CoherenceChecks _checks;
    private readonly CacheReads _reads;
    private readonly ITimer _sweep;

    private CacheClientInstance(IServiceProvider services, string name, CacheClientOptions options)
    {
        var time = services.GetRequiredService<TimeProvider>();
        var loggers = services.GetRequiredService<ILoggerFactory>();
        var metrics = new CacheClientMetrics(services.GetRequiredService<IMeterFactory>(), name);
        var limits = options.NearLease > TimeSpan.Zero
            ? new NearLimits(options.NearMaxEntries, options.NearMaxBytes)
            : default;
        var gaps = new SampleGaps(
            options.CoherenceSampleOneIn, new Random(RandomNumberGenerator.GetInt32(int.MaxValue)));
        var near = new NearState(NearClock.Of(time), limits, gaps);
        var observer = new NearObserver(near.KeyVersions, near.Tags);
        _cluster = new Cluster(
            new(services.GetRequiredService<IClusterConnection>(), options.ConnectTimeout, observer),
            time,
            loggers.CreateLogger<Cluster>());
        var owners = new BatchOwners(_cluster, options.ResponseTimeout);
        _checks = new CoherenceChecks(owners, metrics.Coherence, gaps, options.CoherenceMaxPerSecond, time);
        var caches = new ClientCaches(
            services.GetRequiredService<CacheSerializers>(),
            near.Caches,
            _checks,
            options.Limits,
            loggers.CreateLogger<ClientCaches>());
        var reads = new ReadServices(
            new(_cluster, options.ResponseTimeout), near, _checks, options.OperationTimeout, time, _stopping.Token);
        _reads = new CacheReads(caches, reads, owners);
        var lease = limits.IsNone ? TimeSpan.Zero : options.NearLease;
        Client = new CacheClient(caches, _reads, new OwnerWrites(_cluster, reads), lease);
        metrics.Publish(caches, near);
        var period = options.NearLease > MinSweep ? options.NearLease : MinSweep;
        _sweep = time.CreateTimer(static state => ((NearState)state!).Sweep(), near, period, period);
    }

    /// <summary>The client.</summary>
    public CacheClient Client { get; }

    /// <summary>Creates the client of a name.</summary>
    public static CacheClientInstance Make(IServiceProvider services, string name) =>
        new(services, name, services.GetRequiredService<IOptionsMonitor<CacheClientOptions>>().Get(name));

    /// <inheritdoc />
    public void Dispose()
    {
        _sweep.Dispose();
        _checks.Dispose();
        _stopping.Cancel();
        _reads.Close();
        _cluster.Dispose();
    }
}

using System.Diagnostics.Metrics;
using CacheOrleans.Client.Batches;
using CacheOrleans.Client.Caches;
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
    private readonly CacheReads _reads;
    private readonly ITimer _sweep;

    private CacheClientInstance(IServiceProvider services, string name, CacheClientOptions options)
    {
        var time = services.GetRequiredService<TimeProvider>();
        var loggers = services.GetRequiredService<ILoggerFactory>();
        var limits = options.NearLease > TimeSpan.Zero
            ? new NearLimits(options.NearMaxEntries, options.NearMaxBytes)
            : default;
        var near = new NearState(NearClock.Of(time), limits);
        _cluster = new Cluster(
            new(
                services.GetRequiredService<IClusterConnection>(),
                options.ConnectTimeout,
                new NearObserver(near.KeyVersions, near.Tags)),
            time,
            loggers.CreateLogger<Cluster>());
        var caches = new ClientCaches(
            services.GetRequiredService<CacheSerializers>(),
            near.Caches,
            options.Limits,
            loggers.CreateLogger<ClientCaches>());
        var reads = new ReadServices(
            new Owners(_cluster, options.ResponseTimeout),
            near,
            options.OperationTimeout,
            time,
            _stopping.Token);
        _reads = new CacheReads(caches, reads, new BatchOwners(_cluster, options.ResponseTimeout));
        Client = new CacheClient(
            caches,
            _reads,
            new OwnerWrites(_cluster, reads),
            limits.IsNone ? TimeSpan.Zero : options.NearLease);
        _ = new CacheClientMetrics(services.GetRequiredService<IMeterFactory>(), name, caches, near);
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
        _stopping.Cancel();
        _reads.Close();
        _cluster.Dispose();
    }
}

using CacheOrleans.Breaker;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Grains.Tests.Breaker;

/// <summary>Silos join and stop gracefully while the breaker is open.</summary>
public sealed class BreakerHandoverTests
{
    [Fact]
    public async Task Open_CoordinatorsSiloStopsRepeatedly_NoSiloUsesTheStore()
    {
        await using var cluster = await BreakerCluster.StartAsync(3, ("Preset", "Simple"));
        await BreakerOpeningTests.OpenAsync(cluster);
        using var watch = new Watch(cluster.Silos);
        for (var round = 0; round < 2; round++)
        {
            await cluster.PassAsync(TimeSpan.FromSeconds(10));
            await cluster.StopCoordinatorAsync();
            watch.Add(await cluster.JoinAsync());
            await cluster.PassAsync(TimeSpan.FromSeconds(10));
            var snapshot = (await Coordinator(cluster).GetStatsAsync()).Snapshot;
            Assert.Equal(BreakerState.Open, snapshot.State);
            Assert.Equal(TimeSpan.FromSeconds(180 - (20 * (round + 1))), snapshot.TimeLeft);
        }

        Assert.True(watch.Looks > 0);
        Assert.False(watch.HasAdmitted);
    }

    /// <summary>Calls through a silo, because the client may still try the silo that has stopped.</summary>
    private static ICircuitBreakerGrain Coordinator(BreakerCluster cluster) => cluster[0].Services
        .GetRequiredService<IGrainFactory>().GetGrain<ICircuitBreakerGrain>(ICircuitBreakerGrain.Redis);

    /// <summary>Calls every silo's gate continuously.</summary>
    private sealed class Watch : IDisposable
    {
        private readonly Thread _thread;
        private volatile BreakerSiloHandle[] _silos;
        private volatile bool _isOver;

        public Watch(IEnumerable<BreakerSiloHandle> silos)
        {
            _silos = [.. silos];
            _thread = new Thread(Look);
            _thread.Start();
        }

        public long Looks { get; private set; }

        public bool HasAdmitted { get; private set; }

        public void Add(BreakerSiloHandle silo) => _silos = [.. _silos, silo];

        public void Dispose()
        {
            _isOver = true;
            _thread.Join();
        }

        private void Look()
        {
            while (!_isOver)
            {
                HasAdmitted |= Array.Exists(_silos, silo => silo.Admits);
                Looks++;
                Thread.Yield();
            }
        }
    }
}

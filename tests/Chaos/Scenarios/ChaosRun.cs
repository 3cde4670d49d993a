using CacheOrleans.Chaos.Application;
using CacheOrleans.Chaos.Cluster;
using CacheOrleans.Chaos.Histories;
using CacheOrleans.Testing;
using CacheOrleans.Testing.Processes;

namespace CacheOrleans.Chaos.Scenarios;

/// <summary>A cluster under load in which a scenario makes its faults.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="random">The seed's choices.</param>
/// <param name="length">How long a fault lasts.</param>
internal sealed class ChaosRun(ChaosCluster cluster, Random random, TimeSpan length)
{
    private readonly List<Disturbance> _disturbances = [];
    private readonly List<(long End, long Next)> _ends = [];

    public ChaosCluster Cluster => cluster;

    public Servers Servers => cluster.Servers;

    public Random Random => random;

    public TimeSpan Length { get; set; } = length;

    public IReadOnlyList<Disturbance> Disturbances => _disturbances;

    /// <summary>When each fault ended, and when the next one began.</summary>
    public IReadOnlyList<(long End, long Next)> Ends => _ends;

    /// <summary>Chooses a silo, and another one as its witness.</summary>
    public (int Number, SiloProcess Silo, SiloProcess Witness) AnySilo()
    {
        var number = random.Next(cluster.Silos.Count);
        return (number, cluster.Silos[number], cluster.Silos[(number + 1) % cluster.Silos.Count]);
    }

    /// <summary>Says what is not promised from now on until the result is disposed of.</summary>
    public IDisposable Begin(Harm harm) => new Lasting(this, harm);

    /// <summary>Says that the clock of a silo is ahead from now on; what it wrote stays.</summary>
    public void BeginSkew(TimeSpan skew) =>
        _disturbances.Add(new(Harm.Clock, CallLog.Now, long.MaxValue, skew));

    /// <summary>Says that the fault is over: from now on calls should become as before.</summary>
    public void Over()
    {
        CloseLast();
        _ends.Add((CallLog.Now, long.MaxValue));
    }

    /// <summary>Says that another fault begins.</summary>
    public void Next() => CloseLast();

    /// <summary>Lets time pass.</summary>
    /// <param name="part">The part of the fault's length.</param>
    public Task PassAsync(double part = 1) => Latency.OfAsync((int)(Length.TotalMilliseconds * part));

    private void CloseLast()
    {
        if (_ends is [.., (var end, long.MaxValue)])
        {
            _ends[^1] = (end, CallLog.Now);
        }
    }

    private sealed class Lasting(ChaosRun run, Harm harm) : IDisposable
    {
        private readonly long _begin = CallLog.Now;

        public void Dispose() => run._disturbances.Add(new(harm, _begin, CallLog.Now));
    }
}

namespace CacheOrleans.Simulation.Cluster;

/// <summary>Orleans' stages of a silo, in which its parts start, and stop in reverse.</summary>
internal sealed class SiloStages : ISiloLifecycle
{
    private readonly List<(int Stage, ILifecycleObserver Observer)> _parts = [];
    private readonly HashSet<ILifecycleObserver> _stopped = [];

    public int HighestCompletedStage { get; private set; }

    public int LowestStoppedStage { get; private set; } = int.MaxValue;

    public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
    {
        _parts.Add((stage, observer));
        return new NoSubscription();
    }

    public async Task StartAsync()
    {
        foreach (var stage in _parts.GroupBy(part => part.Stage).OrderBy(stage => stage.Key))
        {
            await Task.WhenAll(stage.Select(part => part.Observer.OnStart(CancellationToken.None)));
            HighestCompletedStage = stage.Key;
        }
    }

    /// <summary>Stops everything from a stage on that still runs.</summary>
    public async Task StopAsync(int from)
    {
        var stages = _parts.Where(part => part.Stage >= from && _stopped.Add(part.Observer))
            .GroupBy(part => part.Stage)
            .OrderByDescending(stage => stage.Key);
        foreach (var stage in stages.ToList())
        {
            await Task.WhenAll(stage.Select(part => part.Observer.OnStop(CancellationToken.None)));
            LowestStoppedStage = stage.Key;
        }
    }

    private sealed class NoSubscription : IDisposable
    {
        public void Dispose()
        {
        }
    }
}

namespace CacheOrleans.Simulation.Cluster;

/// <summary>Where each grain is activated.</summary>
internal sealed class Directory
{
    private readonly Dictionary<GrainId, SiloNode> _places = [];

    /// <summary>Finds the silo of a grain, unless the asking silo knows it to be dead.</summary>
    public SiloNode? Find(GrainId grain, SiloNode asking) =>
        _places.TryGetValue(grain, out var silo) && !IsDead(silo, asking) ? silo : null;

    public void Add(GrainId grain, SiloNode silo) => _places[grain] = silo;

    public void Remove(GrainId grain, SiloNode silo)
    {
        if (_places.GetValueOrDefault(grain) == silo)
        {
            _places.Remove(grain);
        }
    }

    /// <summary>Forgets the grains of a dead silo.</summary>
    /// <returns>The grains of the asking silo whose place was kept by the dead one, and is lost.</returns>
    public IReadOnlyCollection<GrainId> Forget(SiloNode dead, SiloNode asking)
    {
        foreach (var grain in _places.Where(place => place.Value == dead).Select(place => place.Key).ToList())
        {
            _places.Remove(grain);
        }

        return [];
    }

    private static bool IsDead(SiloNode silo, SiloNode asking) =>
        asking.Membership.CurrentSnapshot.GetSiloStatus(silo.Address) == SiloStatus.Dead;
}

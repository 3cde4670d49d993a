namespace CacheOrleans.Simulation.Cluster;

/// <summary>The table of the cluster's members; every process learns of its changes a while later.</summary>
internal sealed class Membership(SimulatedCluster world)
{
    private readonly Dictionary<SiloNode, SiloStatus> _members = [];
    private long _version;

    /// <summary>How late a process learns of a change at most.</summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromMilliseconds(500);

    public IEnumerable<SiloNode> Active => _members
        .Where(member => member.Value == SiloStatus.Active)
        .Select(member => member.Key);

    /// <summary>Lets a silo read the table as it is now.</summary>
    public void Tell(SiloNode silo) => silo.Membership.Learn(_version, ByAddress());

    public void Change(SiloNode silo, SiloStatus status)
    {
        if (_members.GetValueOrDefault(silo) == SiloStatus.Dead)
        {
            return;
        }

        _members[silo] = status;
        var version = ++_version;
        world.Log($"{silo} is {status}");
        var members = ByAddress();
        foreach (var other in world.Silos)
        {
            Announce(other, () => other.Membership.Learn(version, members));
        }

        var gateways = Active.ToList();
        foreach (var client in world.Clients)
        {
            Announce(client, () =>
            {
                client.UseGateways(version, gateways);
                if (status == SiloStatus.Dead)
                {
                    client.BreakCallsTo(silo);
                }
            });
        }

        void Announce(ClusterNode node, Action learn) => world.Scheduler.After(
            node == silo ? TimeSpan.Zero : world.Scheduler.Between(TimeSpan.Zero, Delay), node, _ => learn());
    }

    private Dictionary<SiloAddress, SiloStatus> ByAddress() =>
        _members.ToDictionary(member => member.Key.Address, member => member.Value);
}

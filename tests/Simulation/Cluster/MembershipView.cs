using System.Collections.Immutable;

namespace CacheOrleans.Simulation.Cluster;

/// <summary>What one silo knows of the members of the cluster.</summary>
internal sealed class MembershipView(SiloNode silo) : IClusterMembershipService
{
    private List<SiloAddress> _active = [];
    private long _version;

    public ClusterMembershipSnapshot CurrentSnapshot { get; private set; } =
        new(ImmutableDictionary<SiloAddress, ClusterMember>.Empty, new MembershipVersion(0));

    public IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates => throw new NotSupportedException();

    /// <summary>Reads the table. A silo that finds itself dead there ends, and nothing continues in it.</summary>
    public async ValueTask Refresh(MembershipVersion minimumVersion, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(1), silo.Time, cancellationToken);
        silo.World.Membership.Tell(silo);
        if (silo.IsDead)
        {
            await new TaskCompletionSource().Task;
        }
    }

    public Task<bool> TryKill(SiloAddress siloAddress) => Task.FromResult(false);

    /// <summary>Takes a version of the table, unless a later one is known.</summary>
    public void Learn(long version, IReadOnlyDictionary<SiloAddress, SiloStatus> members)
    {
        if (version <= _version)
        {
            return;
        }

        _version = version;
        var before = CurrentSnapshot.Members;
        CurrentSnapshot = new(
            members.ToImmutableDictionary(m => m.Key, m => new ClusterMember(m.Key, m.Value, m.Key.ToString())),
            new MembershipVersion(version));
        _active = [.. members.Where(m => m.Value == SiloStatus.Active).Select(m => m.Key).Order()];
        foreach (var (address, status) in members)
        {
            if (status == SiloStatus.Dead && before.GetValueOrDefault(address)?.Status != SiloStatus.Dead)
            {
                OnDead(silo.World.Find(address)!);
            }
        }
    }

    /// <summary>Returns the silo on which a grain is to be activated.</summary>
    public SiloNode? Place(GrainId grain) => _active.Count == 0
        ? null
        : silo.World.Find(_active[(int)(grain.GetUniformHashCode() % (uint)_active.Count)]);

    private void OnDead(SiloNode dead)
    {
        if (dead == silo)
        {
            silo.World.Log($"{silo} learns that it was declared dead, and ends");
            silo.Kill();
            return;
        }

        silo.BreakCallsTo(dead);
        silo.LosePlaces(silo.World.Directory.Forget(dead, silo));
    }
}

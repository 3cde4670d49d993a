using CacheOrleans.Simulation.Cluster;
using CacheOrleans.Simulation.Outside;

namespace CacheOrleans.Simulation.Histories;

/// <summary>Makes things fail, and mends them.</summary>
internal sealed class FaultInjector(SimulatedCluster cluster)
{
    /// <summary>The longest fault.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(6);

    /// <summary>How long a cluster takes at least, and at most, to declare a silent silo dead.</summary>
    private static readonly (TimeSpan Least, TimeSpan Most) Detection =
        (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(6));

    public void Begin(Step step)
    {
        cluster.Log($"FAULT {step.Kind} node {step.Node} for {step.Lasts.TotalMilliseconds:0} ms");
        var network = cluster.Network;
        switch (step.Kind)
        {
            case StepKind.RedisDown:
                Redis(RedisCondition.Down, step);
                break;
            case StepKind.RedisHangs:
                Redis(RedisCondition.Hanging, step);
                break;
            case StepKind.RedisFails:
                Redis(RedisCondition.Failing, step);
                break;
            case StepKind.RedisIsFull:
                Redis(RedisCondition.Full, step);
                break;
            case StepKind.RedisLosesAll:
                cluster.Redis.Clear();
                break;
            case StepKind.SlowNetwork:
                network.Slow = 0.5;
                Later(step, () => network.Slow = 0);
                break;
            case StepKind.LossyNetwork:
                network.Loss = 0.2;
                Later(step, () => network.Loss = 0);
                break;
            case StepKind.CutLink:
                Cut(step);
                break;
            default:
                ChangeMembers(step);
                break;
        }
    }

    /// <summary>Mends everything that can be mended.</summary>
    public void EndAll()
    {
        cluster.Log($"all faults end");
        cluster.Network.Mend();
        cluster.Redis.Condition = RedisCondition.Healthy;
        cluster.Redis.CutOff.Clear();
    }

    private void Redis(RedisCondition condition, Step step)
    {
        cluster.Redis.Condition = condition;
        Later(step, () => cluster.Redis.Condition = RedisCondition.Healthy);
    }

    private void Cut(Step step)
    {
        List<ClusterNode> nodes = [.. cluster.Silos, .. cluster.Clients];
        var from = nodes[step.Node % nodes.Count];
        var to = nodes[(step.Node / 7) % nodes.Count];
        cluster.Network.Cut(from, to);
        Later(step, cluster.Network.Mend);
    }

    private void ChangeMembers(Step step)
    {
        if (step.Kind == StepKind.AddSilo)
        {
            cluster.AddSilo(TimeSpan.Zero);
            return;
        }

        List<SiloNode> running = [.. cluster.Membership.Active.Where(silo => !silo.IsDead)];
        if (running.Count == 0)
        {
            return;
        }

        var silo = running[step.Node % running.Count];
        cluster.Log($"  it is {silo}");
        switch (step.Kind)
        {
            case StepKind.KillSilo:
                silo.Kill();
                DeclareDead(silo);
                break;
            case StepKind.FreezeSilo:
                silo.Freeze(step.Lasts);
                if (step.Lasts > TimeSpan.FromSeconds(3))
                {
                    DeclareDead(silo);
                }

                break;
            case StepKind.RedisIsCutOff:
                cluster.Redis.CutOff.Add(silo);
                Later(step, () => cluster.Redis.CutOff.Remove(silo));
                break;
            case StepKind.StopSilo:
                silo.Run(static silo => _ = ((SiloNode)silo!).StopAsync(), silo);
                break;
            case StepKind.DeclareDead:
                cluster.Membership.Change(silo, SiloStatus.Dead);
                break;
        }
    }

    private void DeclareDead(SiloNode silo) => cluster.Scheduler.After(
        cluster.Scheduler.Between(Detection.Least, Detection.Most),
        node: null,
        _ => cluster.Membership.Change(silo, SiloStatus.Dead));

    private void Later(Step step, Action end) => cluster.Scheduler.After(step.Lasts, node: null, _ => end());
}

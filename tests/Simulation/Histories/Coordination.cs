using CacheOrleans.Alerts;
using CacheOrleans.Simulation.Cluster;

namespace CacheOrleans.Simulation.Histories;

/// <summary>Checks what the coordinators of alerts and of the breaker did, if every silo could reach them: otherwise a
/// silo decides for itself.</summary>
internal static class Coordination
{
    /// <exception cref="ViolationException">An alert was sent twice, or the breaker permitted too many probes.
    /// </exception>
    public static void Check(Plan plan, SimulatedCluster cluster)
    {
        if ((plan.Faults & ~(Faults.Redis | Faults.RedisLoss)) != Faults.None)
        {
            return;
        }

        var messages = cluster.Chat.Messages;
        if (messages.GroupBy(message => message.Notice.Id).FirstOrDefault(same => same.Skip(1).Any()) is { } twice)
        {
            throw new ViolationException($"A message is delivered twice: {twice.First().Notice}.");
        }

        var failing = messages.Select(message => (message.At, message.Notice.Kind, message.Notice.Key))
            .Where(message => message is (_, AlertNoticeKind.Failing, { Class: AlertClass.Cache }));
        foreach (var key in failing.GroupBy(message => message.Key).Where(key => key.Skip(1).Any()))
        {
            var (first, second) = (key.First().At, key.ElementAt(1).At);
            if (second - first < new AlertOptions().Cooldown)
            {
                throw new ViolationException($"{key.Key} is announced at {first} and at {second}.");
            }
        }

        if (cluster.HasLittleRoom && cluster.Redis.MostProbes > SmallLimits.MaxProbes)
        {
            throw new ViolationException($"{cluster.Redis.MostProbes} probes run at a time.");
        }
    }
}

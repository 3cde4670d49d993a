using CacheOrleans.Breaker;
using CacheOrleans.Grains.Breaker;
using CacheOrleans.Redis.WriteBehind;
using CacheOrleans.Simulation.Cluster;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Simulation.Histories;

/// <summary>Finds what is left when all calls have ended: nothing may be, after a while.</summary>
internal static class Leaks
{
    /// <summary>Describes what is left, or does not work again; null if nothing is.</summary>
    public static string? Find(SimulatedCluster cluster) =>
        cluster.Clients.Select(OfClient).Concat(cluster.Silos.Where(silo => !silo.IsDead).Select(InSilo))
            .Append(OfChat(cluster))
            .FirstOrDefault(found => found is not null);

    /// <summary>An alert is lost only with its silo, or with a message.</summary>
    private static string? OfChat(SimulatedCluster cluster) =>
        (cluster.Faults & (Faults.Crash | Faults.Loss | Faults.Members)) == Faults.None
        && cluster.Chat.Unannounced is { } cache
            ? $"no alert says that {cache} fails"
            : null;

    /// <summary>Looks from inside the silo, because a look at an entry may make calls.</summary>
    private static string? InSilo(SiloNode silo)
    {
        string? found = null;
        silo.Run(_ => found = OfSilo(silo), null);
        return found;
    }

    private static string? OfClient(ClientNode client)
    {
        var services = client.Instance.Client.Reads.Services;
        if (client.Pending.Count > 0)
        {
            return $"{client} waits for the answer to {client.Pending.First().Name}";
        }

        if (client.Instance.Client.Reads.InProgress > 0)
        {
            return $"{client} has {client.Instance.Client.Reads.InProgress} reads in progress";
        }

        return client.OptionsName == ClientKinds.Strict && services.Near.KeyVersions.Count > 0
            ? $"{client}, which keeps no copies, keeps the versions of {services.Near.KeyVersions.Count} keys"
            : null;
    }

    private static string? OfSilo(SiloNode silo)
    {
        if (silo.Services.GetRequiredService<WriteBehindBuffer>().Count is var waiting && waiting > 0)
        {
            return $"{waiting} writes wait in {silo}";
        }

        if (silo.Services.GetRequiredService<BreakerReplica>().View is { State: not BreakerState.Closed } view)
        {
            return $"the breaker in {silo} is {view.State}";
        }

        foreach (var activation in silo.Activations)
        {
            if (activation.GrainInstance is ICacheEntryGrain entry
                && Describe(entry) is { IsCompletedSuccessfully: true, Result: { } found })
            {
                if (found.IsLoading)
                {
                    return $"{silo} still waits for a load of {found.Key}";
                }

                if (found.HasPendingWrite)
                {
                    return $"{silo} still has a write of {found.Key}";
                }
            }
        }

        return null;
    }

    /// <summary>Describes an entry; null for one that was handed over to a silo that does not know its cache.</summary>
    private static Task<EntryDescription>? Describe(ICacheEntryGrain entry)
    {
        try
        {
            return entry.DescribeAsync();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}

using Orleans.Runtime.Services;
using Orleans.Services;

namespace CacheOrleans.Grains.Coordination;

/// <summary>Calls a service on every active silo.</summary>
internal sealed class ActiveSilos<TService>(
    IServiceProvider services, IClusterMembershipService membership, TimeProvider time)
    : GrainServiceClient<TService>(services)
    where TService : IGrainService
{
    /// <summary>The silos, by the names they use in reports.</summary>
    public IEnumerable<string> Names => Addresses.Select(silo => silo.ToParsableString());

    private IEnumerable<SiloAddress> Addresses => membership.CurrentSnapshot.Members.Values
        .Where(member => member.Status == SiloStatus.Active)
        .Select(member => member.SiloAddress);

    /// <summary>Calls every silo without waiting for any.</summary>
    /// <remarks>A silo that misses what a coordinator pushes gets it with the answer to its next report.</remarks>
    public void Push(Func<TService, Task> push)
    {
        foreach (var silo in Addresses)
        {
            push(GetGrainService(silo)).Ignore();
        }
    }

    /// <summary>Asks every silo in parallel; silos that do not respond within a limit are left out.</summary>
    public async Task<IReadOnlyList<T>> AskAsync<T>(
        Func<TService, Task<T>> ask, TimeSpan limit, CancellationToken cancellationToken)
        where T : class
    {
        var answers = await Task.WhenAll(Addresses.Select(silo => AskAsync(silo, ask, limit, cancellationToken)));
        return [.. answers.OfType<T>()];
    }

    private async Task<T?> AskAsync<T>(
        SiloAddress silo, Func<TService, Task<T>> ask, TimeSpan limit, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            var call = ask(GetGrainService(silo));
            call.Ignore(); // it may fail long after this method has stopped waiting for it
            return await call.WaitAsync(limit, time, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested) // any failure means no answer
        {
            return null;
        }
    }
}

using CacheOrleans.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Bench.Outage;

/// <summary>Counts the calls to a store, except probes, and forwards them to it.</summary>
internal sealed class CountingStore(IBackingStore store, AttemptCount attempts) : IBackingStore
{
    /// <summary>Wraps the registered store.</summary>
    public static void Wrap(IServiceCollection services, AttemptCount attempts)
    {
        var registered = services.Single(service => service.ServiceType == typeof(IBackingStore));
        services.Remove(registered);
        services.AddSingleton<IBackingStore>(provider => new CountingStore(
            (IBackingStore)ActivatorUtilities.CreateInstance(provider, registered.ImplementationType!), attempts));
    }

    public ValueTask<StoreReadResult> ReadAsync(StoreKey key, CancellationToken cancellationToken)
    {
        attempts.Add();
        return store.ReadAsync(key, cancellationToken);
    }

    public ValueTask<IReadOnlyList<StoreWriteResult>> WriteAsync(
        IReadOnlyList<StoreWrite> writes, CancellationToken cancellationToken)
    {
        attempts.Add();
        return store.WriteAsync(writes, cancellationToken);
    }

    public ValueTask<StoreFailure?> ProbeAsync(CancellationToken cancellationToken) =>
        store.ProbeAsync(cancellationToken);
}

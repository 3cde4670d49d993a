using CacheOrleans.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Bench.Outage;

/// <summary>Counts what the store in it is asked for, probes apart, and passes it on.</summary>
internal sealed class CountingStore(IBackingStore store, AttemptCount attempts) : IBackingStore
{
    /// <summary>Puts one around the store that is registered.</summary>
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

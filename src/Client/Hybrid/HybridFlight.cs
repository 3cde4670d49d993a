using CacheOrleans.Client.Caches;
using CacheOrleans.Client.Flights;
using CacheOrleans.Client.Near;

namespace CacheOrleans.Client.Hybrid;

/// <summary>Makes a value with the factory of the first caller, for all in this process that ask meanwhile, and without a
/// look at what the cluster has.</summary>
/// <remarks>It runs in the context of the caller that began it.</remarks>
internal sealed class HybridFlight<TState, T>(
    HybridServices services, HybridStore store, HybridCall<TState, T> call, NearTicket ticket)
    : Flight<T>(ticket, services.Flights.Near.Tags, new FlightCallers())
{
    /// <inheritdoc />
    public override async Task RunAsync()
    {
        try
        {
            await MakeAsync();
        }
#pragma warning disable CA1031 // Whatever it is, it is for those who wait.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail(services.Flights.Stopping.IsCancellationRequested
                ? new ObjectDisposedException(nameof(ICacheClient))
                : exception);
        }
    }

    private async Task MakeAsync()
    {
        var (cache, terms) = (call.Cache, call.Terms);
        var question = services.Flights.Near.Ask(Ticket);
        cache.Meter.OnFallback();
        var value = await Callers!.RunAsync(
            ending => call.Factory(call.State, ending).AsTask(), services.Flights.Stopping);
        if (terms is { WritesLocal: false, WritesDistributed: false } && cache.Codec.SharesInstances)
        {
            Land(new Decoded<T>(CachedValue<T>.Shared(value, length: 0), value));
            return;
        }

        var bytes = cache.Codec.Encode(value, out var decoded);
        if (terms.WritesLocal && !(terms.WritesDistributed && bytes is not null))
        {
            // Before it lands: who asks next is to find the copy.
            store.Keep(call.Cache, call.Key, question, decoded.Value, call.Tags, store.LifeOf(terms, bytes is not null));
        }

        Land(decoded);
        if (terms.WritesDistributed && bytes is not null)
        {
            // The callers have the value and do not wait for the cluster.
            _ = store.StoreAsync(cache, call.Key, terms, call.Tags, new(bytes, decoded.Value));
        }
    }
}

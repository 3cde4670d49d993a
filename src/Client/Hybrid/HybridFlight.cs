using CacheOrleans.Client.Caches;
using CacheOrleans.Client.Flights;
using CacheOrleans.Client.Near;

namespace CacheOrleans.Client.Hybrid;

/// <summary>Makes a value with the factory of the first caller, for all in this process that ask meanwhile, and without
/// a look at what the cluster has.</summary>
/// <remarks>It runs in the context of the caller that began it.</remarks>
internal sealed class HybridFlight<TState, T>(
    HybridServices services, HybridStore store, HybridCall<TState, T> call, NearTicket ticket)
    : Flight<T>(ticket, services.Near.Tags, new FlightCallers())
{
    /// <inheritdoc />
    public override async Task RunAsync()
    {
        var (entry, terms, codec) = (call.Entry, call.Terms, call.Entry.Cache.Codec);
        var question = services.Near.Ask(Ticket);
        entry.Cache.Meter.OnFallback();
        var value = await Callers!.RunAsync(
            ending => call.Factory(call.State, ending).AsTask(), services.Flights.Stopping);
        if (terms is { WritesLocal: false, WritesDistributed: false } && codec.SharesInstances)
        {
            Land(new Decoded<T>(CachedValue<T>.Shared(value, length: 0), value));
            return;
        }

        var bytes = codec.Encode(value, out var decoded);
        var isStored = terms.WritesDistributed && bytes is not null;
        if (terms.WritesLocal && !isStored)
        {
            // Before it lands: who asks next is to find the copy.
            store.Keep(entry, question, decoded.Value, store.LifeOf(terms, isLocal: bytes is not null));
        }

        Land(decoded);
        if (isStored && services.Near.IsCurrent(question, entry.Tags))
        {
            // The callers have the value and do not wait for the cluster.
            store.StoreAsync(entry, terms, new(bytes!, decoded.Value)).Ignore();
        }
    }
}

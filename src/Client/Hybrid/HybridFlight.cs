using CacheOrleans.Client.Caches;
using CacheOrleans.Client.Flights;
using CacheOrleans.Client.Near;

namespace CacheOrleans.Client.Hybrid;

/// <summary>Makes a value with the factory of the first caller, for all in this process that ask meanwhile, and for
/// nobody else.</summary>
/// <remarks>It runs in the context of the caller that began it.</remarks>
internal sealed class HybridFlight<TState, T>(
    HybridServices services, HybridStore store, HybridCall<TState, T> call, NearTicket ticket)
    : Flight<T>(ticket, services.Near.Tags, isTold: true, new FlightCallers())
{
    /// <inheritdoc />
    public override async Task RunAsync()
    {
        var (entry, terms, codec) = (call.Entry, call.Terms, call.Entry.Cache.Codec);
        Predecessor = null;
        OnAsking();
        var question = services.Near.Ask(Ticket);
        OnAnswered(); // there is nobody to be asked
        entry.Cache.Meter.OnFallback();
        var value = (await new FallbackRun(
            services.Flights, this, services.FallbackTimeout, lease: null)
            .RunAsync(call.LocalKey, call.State, call.Factory!).ConfigureAwait(false))!;
        if (!terms.WritesLocal && codec.SharesInstances)
        {
            Land(new Decoded<T>(CachedValue<T>.Shared(value, length: 0), value));
            return;
        }

        var bytes = codec.Encode(value, out var decoded);
        if (terms.WritesLocal)
        {
            // Before it lands: who asks next is to find the copy. Its life begins now.
            var made = question with { SentAt = services.Near.Now };
            store.Keep(entry, made, decoded.Value, store.LifeOf(terms, isLocal: bytes is not null));
        }

        Land(decoded);
    }
}

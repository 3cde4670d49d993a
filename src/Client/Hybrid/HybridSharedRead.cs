using CacheOrleans.Client.Caches;
using CacheOrleans.Client.Near;
using CacheOrleans.Client.Reads;

namespace CacheOrleans.Client.Hybrid;

/// <summary>Makes a value with the factory of the first caller, for all concurrent callers in this process, and not for
/// the cluster.</summary>
/// <remarks>It runs in the context of the caller that began it.</remarks>
internal sealed class HybridSharedRead<TState, T>(
    HybridServices services, HybridStore store, HybridCall<TState, T> call, KeyVersion keyVersion)
    : SharedRead<T>(keyVersion, services.Near.Tags, receivesChanges: true, new ReadCallers())
{
    /// <inheritdoc />
    public override async Task RunAsync()
    {
        var (entry, options, codec) = (call.Entry, call.Options, call.Entry.Cache.Codec);
        Predecessor = null;
        OnRequesting();
        var pending = services.Near.Begin(KeyVersion);
        OnAnswered(); // no owner is called
        entry.Cache.Meter.OnFallback();
        var value = (await new FallbackRun(
            services.Reads, this, services.FallbackTimeout, lease: null)
            .RunAsync(call.LocalKey, call.State, call.Factory!).ConfigureAwait(false))!;
        if (!options.WritesLocal && codec.SharesInstances)
        {
            Complete(new Decoded<T>(CachedValue<T>.Shared(value, length: 0), value));
            return;
        }

        var bytes = codec.Encode(value, out var decoded);
        if (options.WritesLocal)
        {
            // Before it completes, so that a later caller finds the copy. The life of the copy begins now.
            var made = pending with { SentAt = services.Near.Now };
            store.Keep(entry, made, decoded.Value, store.LifeOf(options, isLocal: bytes is not null));
        }

        Complete(decoded);
    }
}

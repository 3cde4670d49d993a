using CacheOrleans.Client.Reads;

namespace CacheOrleans.Client.Hybrid;

/// <summary>Completes the calls that no copy could answer.</summary>
internal sealed class HybridReads(HybridServices services, HybridStore store)
{
    private readonly SharedReads _reads = new(services.Reads);

    /// <summary>Reads the value from the cluster, or makes it, as the call's flags say.</summary>
    public async ValueTask<T> ReadAsync<TState, T>(HybridCall<TState, T> call, CancellationToken cancellationToken)
    {
        var (entry, options) = (call.Entry, call.Options);
        var isLeased = options is { RunsFactory: true, WritesDistributed: true };
        if (!isLeased && !options.ReadsDistributed)
        {
            return await MakeAsync(call, cancellationToken).ConfigureAwait(false);
        }

        var read = new ReadOptions(
            isLeased ? EntryDemand.Leased : EntryDemand.Stored,
            options.WritesLocal ? store.LifeOf(options, isLocal: false) : TimeSpan.Zero,
            services.FallbackTimeout,
            options.Expiration,
            entry.Tags,
            EndsWithCallers: true,
            Renews: !options.ReadsDistributed);
        var reads = services.Client.Reads;
        if (isLeased)
        {
            return (await reads.ReadAsync(
                new ReadCall<string, TState, T>(entry.Cache, entry.Key, entry.Text, read, call.State, call.Factory!),
                cancellationToken).ConfigureAwait(false))!;
        }

        var found = await reads.TryReadAsync(
            new ReadCall<string, TState, T>(entry.Cache, entry.Key, entry.Text, read, call.State, Fallback: null),
            cancellationToken).ConfigureAwait(false);
        return found.IsFound ? found.Value! : await MakeAsync(call, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes a value that is not stored in the cluster, once for all concurrent calls with the same
    /// request.</summary>
    private async ValueTask<T> MakeAsync<TState, T>(HybridCall<TState, T> call, CancellationToken cancellationToken)
    {
        var (entry, options) = (call.Entry, call.Options);
        if (!options.RunsFactory)
        {
            return default!;
        }

        if (options.ReadsLocal && entry.Cache.Find(entry.Key) is { IsFound: true } copy)
        {
            return copy.Read()!; // another caller made it while this one read from the cluster
        }

        RunningLoad.Current?.ThrowIfLoading(call.LocalKey);

        // Only this process changes a value that it alone has, so it knows of every change.
        var local = new ReadOptions(EntryDemand.Leased, TimeSpan.MaxValue, services.FallbackTimeout);
        var value = await _reads.ReadAsync(
            new SharedReadKey(entry.Text, local.Demand, typeof(T), entry.Cache.Fingerprint, (int)options.Flags),
            local,
            (Services: services, Store: store, Call: call),
            static (made, keyVersion) =>
                new HybridSharedRead<TState, T>(made.Services, made.Store, made.Call, keyVersion),
            cancellationToken).ConfigureAwait(false);
        return value!;
    }
}

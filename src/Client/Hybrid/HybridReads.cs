using CacheOrleans.Client.Flights;

namespace CacheOrleans.Client.Hybrid;

/// <summary>Answers calls that no copy has answered.</summary>
internal sealed class HybridReads(HybridServices services, HybridStore store)
{
    private readonly FlightTable _flights = new(services.Flights);

    /// <summary>Reads from the cluster, or makes the value, as the call's flags say.</summary>
    public async ValueTask<T> ReadAsync<TState, T>(HybridCall<TState, T> call, CancellationToken cancellationToken)
    {
        var (entry, terms) = (call.Entry, call.Terms);
        var isLeased = terms is { RunsFactory: true, WritesDistributed: true };
        if (!isLeased && !terms.ReadsDistributed)
        {
            return await MakeAsync(call, cancellationToken).ConfigureAwait(false);
        }

        var read = new ReadTerms(
            isLeased ? EntryDemand.Leased : EntryDemand.Stored,
            terms.WritesLocal ? store.LifeOf(terms, isLocal: false) : TimeSpan.Zero,
            services.FallbackTimeout,
            terms.Expiration,
            entry.Tags,
            EndsWithCallers: true,
            Renews: !terms.ReadsDistributed);
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

    /// <summary>Makes a value that the cluster is not given, one caller for all that ask the same meanwhile.</summary>
    private async ValueTask<T> MakeAsync<TState, T>(HybridCall<TState, T> call, CancellationToken cancellationToken)
    {
        var (entry, terms) = (call.Entry, call.Terms);
        if (!terms.RunsFactory)
        {
            return default!;
        }

        if (terms.ReadsLocal && entry.Cache.Find(entry.Key) is { IsFound: true } copy)
        {
            return copy.Read()!; // of another caller, made while this one asked the cluster
        }

        RunningLoad.Current?.ThrowIfLoading(call.LocalKey);

        // Nobody but this process changes what it alone has, so it knows of every change.
        var local = new ReadTerms(EntryDemand.Leased, TimeSpan.MaxValue, services.FallbackTimeout);
        var value = await _flights.ReadAsync(
            new FlightKey(entry.Text, local.Demand, typeof(T), entry.Cache.Fingerprint, (int)terms.Flags),
            local,
            (Services: services, Store: store, Call: call),
            static (made, ticket) => new HybridFlight<TState, T>(made.Services, made.Store, made.Call, ticket),
            cancellationToken).ConfigureAwait(false);
        return value!;
    }
}

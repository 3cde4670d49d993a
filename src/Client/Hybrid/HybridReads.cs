using CacheOrleans.Client.Flights;

namespace CacheOrleans.Client.Hybrid;

/// <summary>Answers calls that no copy has answered.</summary>
internal sealed class HybridReads(HybridServices services, HybridStore store)
{
    private readonly FlightTable _flights = new(services.Near.Tickets, services.Flights.Stopping);

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
            terms.Expiration,
            entry.Tags,
            EndsWithCallers: true,
            Renews: !terms.ReadsDistributed);
        var flight = services.Client.Reads.Begin(
            new ReadCall<string, TState, T>(
                entry.Cache, entry.Key, entry.Text, read, call.State, (isLeased ? call.Factory : null)!),
            cancellationToken);
        var found = await flight.TakeAsync(cancellationToken).ConfigureAwait(false);
        return isLeased || found.IsFound
            ? found.Value!
            : await MakeAsync(call, cancellationToken).ConfigureAwait(false);
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

        var flight = _flights.Board(
            new FlightKey(entry.Text, EntryDemand.Leased, typeof(T), (int)terms.Flags),
            (Services: services, Store: store, Call: call),
            static (made, ticket) => new HybridFlight<TState, T>(made.Services, made.Store, made.Call, ticket));
        return (await flight.TakeValueAsync(cancellationToken).ConfigureAwait(false))!;
    }
}

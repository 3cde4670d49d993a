using CacheOrleans.Client.Flights;
using Microsoft.Extensions.Caching.Hybrid;

namespace CacheOrleans.Client.Hybrid;

/// <summary>Answers calls that no copy has answered.</summary>
internal sealed class HybridReads(HybridServices services, HybridStore store)
{
    private readonly FlightTable _flights = new(services.Flights.Near.Tickets);

    /// <summary>Runs the factory for one caller, without the cache.</summary>
    public static ValueTask<T> RunAsync<TState, T>(
        HybridTerms terms,
        TState state,
        Func<TState, CancellationToken, ValueTask<T>> factory,
        CancellationToken cancellationToken) => terms.RunsFactory ? factory(state, cancellationToken) : default;

    /// <summary>Reads from the cluster, or makes the value, as the call's flags say.</summary>
    public async ValueTask<T> ReadAsync<TState, T>(HybridCall<TState, T> call, CancellationToken cancellationToken)
    {
        var terms = call.Terms;
        if (!terms.ReadsDistributed)
        {
            return await MakeAsync(call, cancellationToken);
        }

        var isLeased = terms is { RunsFactory: true, WritesDistributed: true };
        var read = new ReadTerms(
            isLeased ? EntryDemand.Leased : EntryDemand.Stored,
            terms.WritesLocal ? store.LifeOf(terms, isLocal: false) : TimeSpan.Zero,
            terms.Expiration,
            call.Tags,
            EndsWithCallers: true);
        try
        {
            var found = await services.Reads.ReadAsync(
                call.Cache.Definition, call.Key, read, call.State, isLeased ? call.Factory! : null, cancellationToken);
            return isLeased || found.IsFound ? found.Value! : await MakeAsync(call, cancellationToken);
        }
        catch (EntryRefusedException exception)
        {
            services.Logger.HybridKeyRefused(exception);
            return await RunAsync(terms, call.State, call.Factory, cancellationToken);
        }
    }

    /// <summary>Makes a value in this process, one caller for all that ask the same meanwhile.</summary>
    private async ValueTask<T> MakeAsync<TState, T>(HybridCall<TState, T> call, CancellationToken cancellationToken)
    {
        if (!call.Terms.RunsFactory)
        {
            return default!;
        }

        if (call.Terms.ReadsLocal && call.Cache.Find(call.Key) is { IsFound: true } copy)
        {
            return copy.Read()!; // of another caller, made while this one asked the cluster
        }

        var key = new FlightKey(
            call.Cache.TextOf(call.Key), EntryDemand.Leased, typeof(T), (int)call.Terms.Flags);
        var flight = _flights.Board(
            key,
            (Services: services, Store: store, Call: call),
            static (made, ticket) => new HybridFlight<TState, T>(made.Services, made.Store, made.Call, ticket));
        return (await flight.TakeAsync(cancellationToken)).Value!;
    }
}

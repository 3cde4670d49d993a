using CacheOrleans.Client.Batches;
using CacheOrleans.Client.Caches;
using CacheOrleans.Client.Flights;
using CacheOrleans.Definitions;

namespace CacheOrleans.Client;

/// <summary>Reads past the copies: one key in a flight that callers share, many keys in a batch.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class CacheReads(BoundCaches caches, FlightServices services, BatchOwners owners)
{
    private readonly FlightTable _flights = new(services.Near.Tickets, services.Stopping);
    private int _alone;

    /// <summary>What they use.</summary>
    public FlightServices Services => services;

    /// <summary>Begins a read, or finds one that is under way.</summary>
    /// <param name="definition">The cache.</param>
    /// <param name="key">The key.</param>
    /// <param name="terms">How it is read.</param>
    /// <param name="state">What the fallback is given.</param>
    /// <param name="fallback">Loads the value, with <see cref="EntryDemand.Leased"/>.</param>
    /// <param name="cancellationToken">Of who wants to wait.</param>
    public Flight<T> Begin<TKey, TState, T>(
        CacheDefinition<TKey, T> definition,
        TKey key,
        ReadTerms terms,
        TState state,
        Func<TState, CancellationToken, ValueTask<T?>>? fallback,
        CancellationToken cancellationToken)
        where TKey : notnull
    {
        var cache = caches.Of(definition);
        return Begin(
            new ReadCall<TKey, TState, T>(cache, key, cache.TextOf(key), terms, state, fallback), cancellationToken);
    }

    /// <inheritdoc cref="Begin{TKey, TState, T}(CacheDefinition{TKey, T}, TKey, ReadTerms, TState,
    /// Func{TState, CancellationToken, ValueTask{T}}, CancellationToken)" path="/summary" />
    public Flight<T> Begin<TKey, TState, T>(ReadCall<TKey, TState, T> call, CancellationToken cancellationToken)
        where TKey : notnull
    {
        ThrowIfClosed();
        cancellationToken.ThrowIfCancellationRequested();
        call.Cache.Meter.OnMiss();

        // Who asks for what is there now, and keeps no copy, is told of no change: an answer that is on its way to
        // another caller may be older than the question.
        var isAlone = call.Terms is { Demand: EntryDemand.Stored } && call.Terms.NearLease == TimeSpan.Zero;
        var variant = isAlone ? Interlocked.Increment(ref _alone) : call.Terms.Renews ? 1 : 0;
        return _flights.Board(
            new FlightKey(call.Text, call.Terms.Demand, typeof(T), variant),
            (Services: services, Call: call),
            static (made, ticket) => new ReadFlight<TKey, TState, T>(made.Services, made.Call, ticket));
    }

    /// <summary>Reads many values, copies first.</summary>
    /// <param name="definition">The cache.</param>
    /// <param name="keys">The keys.</param>
    /// <param name="terms">How they are read.</param>
    /// <param name="fallback">Loads some of them, with <see cref="EntryDemand.Leased"/>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public ValueTask<IReadOnlyDictionary<TKey, T>> ReadManyAsync<TKey, T>(
        CacheDefinition<TKey, T> definition,
        IReadOnlyCollection<TKey> keys,
        ReadTerms terms,
        Func<IReadOnlyList<TKey>, CancellationToken, ValueTask<IReadOnlyDictionary<TKey, T>>>? fallback,
        CancellationToken cancellationToken)
        where TKey : notnull
    {
        TKey[] distinct = [.. keys.Distinct()]; // now, for the keys are the caller's
        return new(FlightTable.RunAsync(() => ManyAsync(definition, distinct, terms, fallback, cancellationToken)));
    }

    /// <summary>Ends what is under way: who waits gets an <see cref="ObjectDisposedException"/>.</summary>
    public void Close()
    {
        _flights.Close(nameof(ICacheClient));
        services.Near.Caches.Close();
    }

    private async Task<IReadOnlyDictionary<TKey, T>> ManyAsync<TKey, T>(
        CacheDefinition<TKey, T> definition,
        TKey[] keys,
        ReadTerms terms,
        Func<IReadOnlyList<TKey>, CancellationToken, ValueTask<IReadOnlyDictionary<TKey, T>>>? fallback,
        CancellationToken cancellationToken)
        where TKey : notnull
    {
        ThrowIfClosed();
        cancellationToken.ThrowIfCancellationRequested();
        var cache = caches.Of(definition);
        var found = new Dictionary<TKey, T>(keys.Length);
        List<(TKey Key, string Text)> missing = [];
        foreach (var key in keys)
        {
            if ((terms.NearLease > TimeSpan.Zero ? cache.Find(key) : null) is not { } copy)
            {
                missing.Add((key, cache.TextOf(key)));
            }
            else if (copy.IsFound)
            {
                found.Add(key, copy.Read()!);
            }
        }

        if (missing.Count == 0)
        {
            return found;
        }

        cache.Meter.OnMiss(missing.Count);
        var call = new BatchCall<TKey, T>(cache, terms, fallback, ReadAlone);
        var batch = new BatchRead<TKey, T>(services, owners, call, found);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(services.Stopping, cancellationToken);
        var reading = batch.RunAsync(missing);
        try
        {
            return await reading.WaitAsync(ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            reading.Ignore(); // it goes on, and nobody is there for its error
            ThrowIfClosed();
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }

        ValueTask<CacheResult<T>> ReadAlone(TKey key) => Begin(
            definition, key, terms, key, fallback is null ? null : LoadAlone, services.Stopping)
            .TakeAsync(services.Stopping);

        async ValueTask<T?> LoadAlone(TKey key, CancellationToken stopping) =>
            (await fallback([key], stopping).ConfigureAwait(false)).GetValueOrDefault(key);
    }

    private void ThrowIfClosed() =>
        ObjectDisposedException.ThrowIf(services.Stopping.IsCancellationRequested, typeof(ICacheClient));
}

using CacheOrleans.Client.Batches;
using CacheOrleans.Client.Caches;
using CacheOrleans.Client.Near;
using CacheOrleans.Client.Reads;
using CacheOrleans.Definitions;

namespace CacheOrleans.Client;

/// <summary>Reads values that have no copy here: one key through a read that callers share, many keys in a
/// batch.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class CacheReads(ClientCaches caches, ReadServices services, BatchOwners owners)
{
    private readonly SharedReads _reads = new(services);

    /// <summary>The services that these reads use.</summary>
    public ReadServices Services => services;

    /// <summary>The number of reads of single keys that are in progress.</summary>
    public int InProgress => _reads.Count;

    /// <summary>Creates the call that reads a value.</summary>
    /// <exception cref="ArgumentException">The key is not allowed.</exception>
    public ReadCall<TKey, TState, T> CallOf<TKey, TState, T>(
        CacheDefinition<TKey, T> definition,
        TKey key,
        ReadOptions options,
        TState state,
        Func<TState, CancellationToken, ValueTask<T?>>? fallback)
        where TKey : notnull
    {
        var cache = caches.Of(definition);
        return new(cache, key, cache.TextOf(key), options, state, fallback);
    }

    /// <summary>Creates the call that reads a value without a fallback.</summary>
    /// <inheritdoc cref="CallOf{TKey, TState, T}" path="/exception" />
    public ReadCall<TKey, object?, T> CallOf<TKey, T>(
        CacheDefinition<TKey, T> definition, TKey key, ReadOptions options)
        where TKey : notnull => CallOf<TKey, object?, T>(definition, key, options, state: null, fallback: null);

    /// <summary>Reads a value, or joins a read that is in progress.</summary>
    public ValueTask<T?> ReadAsync<TKey, TState, T>(
        ReadCall<TKey, TState, T> call, CancellationToken cancellationToken)
        where TKey : notnull
    {
        Check(call, cancellationToken);
        return new(_reads.ReadAsync(
            KeyOf(call), call.Options, (services, call), MakeSharedRead, cancellationToken));
    }

    /// <summary>Reads a value, and returns whether there is one.</summary>
    public async ValueTask<CacheResult<T>> TryReadAsync<TKey, TState, T>(
        ReadCall<TKey, TState, T> call, CancellationToken cancellationToken)
        where TKey : notnull
    {
        Check(call, cancellationToken);
        try
        {
            var sharedRead = _reads.Join(
                KeyOf(call), call.Options.ReceivesChanges, (services, call), MakeSharedRead, out var isFirst);
            return await sharedRead.TakeAsync(isFirst, cancellationToken).ConfigureAwait(false);
        }
        catch (LoadOverdueException overdue)
        {
            throw new TimeoutException(overdue.Message);
        }
    }

    /// <summary>Reads many values, from copies where possible.</summary>
    /// <param name="definition">The cache.</param>
    /// <param name="keys">The keys.</param>
    /// <param name="options">How they are read.</param>
    /// <param name="fallback">Loads some of the keys, with <see cref="EntryDemand.Leased"/>.</param>
    /// <param name="cancellationToken">Ends the wait of this caller.</param>
    public ValueTask<IReadOnlyDictionary<TKey, T>> ReadManyAsync<TKey, T>(
        CacheDefinition<TKey, T> definition,
        IReadOnlyCollection<TKey> keys,
        ReadOptions options,
        Func<IReadOnlyList<TKey>, CancellationToken, ValueTask<IReadOnlyDictionary<TKey, T>>>? fallback,
        CancellationToken cancellationToken)
        where TKey : notnull
    {
        TKey[] given = [.. keys]; // copied now, because the caller may change the collection
        return new(SharedReads.RunAsync(() => ManyAsync(definition, given, options, fallback, cancellationToken)));
    }

    /// <summary>Ends all reads in progress: their callers get an <see cref="ObjectDisposedException"/>.</summary>
    public void Close()
    {
        _reads.Close(nameof(ICacheClient));
        services.Near.Caches.Close();
    }

    private async Task<IReadOnlyDictionary<TKey, T>> ManyAsync<TKey, T>(
        CacheDefinition<TKey, T> definition,
        TKey[] keys,
        ReadOptions options,
        Func<IReadOnlyList<TKey>, CancellationToken, ValueTask<IReadOnlyDictionary<TKey, T>>>? fallback,
        CancellationToken cancellationToken)
        where TKey : notnull
    {
        ThrowIfClosed();
        cancellationToken.ThrowIfCancellationRequested();
        var cache = caches.Of(definition);
        var found = new Dictionary<TKey, T>(keys.Length, cache.Equality);
        var missing = FindCopies(cache, keys, options, found);
        if (missing.Count == 0)
        {
            return found;
        }

        cache.Meter.OnMiss(missing.Count);
        var call = new BatchCall<TKey, T>(cache, options, fallback, ReadSingle);
        var batch = new BatchRead<TKey, T>(services, owners, call, found);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(services.Stopping, cancellationToken);
        var reading = batch.RunAsync(missing);
        try
        {
            return await reading.WaitAsync(ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            reading.Ignore(); // it continues, and no caller is left to observe its error
            ThrowIfClosed();
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }

        ValueTask<CacheResult<T>> ReadSingle(TKey key) => TryReadAsync(
            CallOf(definition, key, options, key, fallback is null ? null : LoadSingle), services.Stopping);

        async ValueTask<T?> LoadSingle(TKey key, CancellationToken stopping) =>
            (await fallback([key], stopping).ConfigureAwait(false)).GetValueOrDefault(key);
    }

    /// <summary>Adds the values of which this process has copies, and returns the keys of the others.</summary>
    private static List<(TKey Key, string Text)> FindCopies<TKey, T>(
        ClientCache<TKey, T> cache, TKey[] keys, ReadOptions options, Dictionary<TKey, T> found)
        where TKey : notnull
    {
        List<(TKey Key, string Text)> missing = [];
        foreach (var key in keys.Distinct(cache.Equality))
        {
            if ((options.NearLease > TimeSpan.Zero ? cache.Find(key) : null) is not { } copy)
            {
                missing.Add((key, cache.TextOf(key)));
                RunningLoad.Current?.ThrowIfLoading(missing[^1].Text);
            }
            else if (copy.IsFound)
            {
                found.Add(key, copy.Read()!);
            }
        }

        return missing;
    }

    private static SharedReadKey KeyOf<TKey, TState, T>(ReadCall<TKey, TState, T> call)
        where TKey : notnull =>
        new(call.Text, call.Options.Demand, typeof(T), call.Cache.Fingerprint, call.Options.Renews ? 1 : 0);

    private static OwnerRead<TKey, TState, T> MakeSharedRead<TKey, TState, T>(
        (ReadServices Services, ReadCall<TKey, TState, T> Call) made, KeyVersion keyVersion)
        where TKey : notnull => new(made.Services, made.Call, keyVersion);

    private void Check<TKey, TState, T>(ReadCall<TKey, TState, T> call, CancellationToken cancellationToken)
        where TKey : notnull
    {
        ThrowIfClosed();
        cancellationToken.ThrowIfCancellationRequested();
        call.Cache.Meter.OnMiss();
        if (call.Options.Demand != EntryDemand.Stored)
        {
            RunningLoad.Current?.ThrowIfLoading(call.Text);
        }
    }

    private void ThrowIfClosed() =>
        ObjectDisposedException.ThrowIf(services.Stopping.IsCancellationRequested, typeof(ICacheClient));
}

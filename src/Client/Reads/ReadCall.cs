using CacheOrleans.Client.Caches;

namespace CacheOrleans.Client.Reads;

/// <summary>A call that reads one value.</summary>
/// <param name="Cache">The cache.</param>
/// <param name="Key">The key.</param>
/// <param name="Text">The key's canonical text.</param>
/// <param name="Options">How the value is read.</param>
/// <param name="State">Passed to the fallback.</param>
/// <param name="Fallback">Loads the value, with <see cref="EntryDemand.Leased"/>.</param>
internal readonly record struct ReadCall<TKey, TState, T>(
    ClientCache<TKey, T> Cache,
    TKey Key,
    string Text,
    ReadOptions Options,
    TState State,
    Func<TState, CancellationToken, ValueTask<T?>>? Fallback)
    where TKey : notnull;

/// <summary>How a value is read.</summary>
/// <param name="Demand">How much effort the read makes: a stored value only, or also a load.</param>
/// <param name="NearLease">How long a copy may be kept; zero: no copy.</param>
/// <param name="FallbackTimeout">How long the fallback may take.</param>
/// <param name="TimeToLive">How long the value that the fallback loads lives, if the caller specifies it.</param>
/// <param name="Tags">The tags of the value that the fallback loads; null: no tags.</param>
/// <param name="EndsWithCallers">Whether the fallback is canceled when all callers have given up; otherwise it is
/// canceled when the client is disposed or the time limit has passed.</param>
/// <param name="Renews">Whether an existing value is ignored and loaded again, with
/// <see cref="EntryDemand.Leased"/>.</param>
/// <param name="IsEssential">Whether it is an error if the cluster cannot be reached; otherwise the result is that
/// there is no value, with <see cref="EntryDemand.Stored"/>.</param>
internal readonly record struct ReadOptions(
    EntryDemand Demand,
    TimeSpan NearLease,
    TimeSpan FallbackTimeout = default,
    TimeSpan? TimeToLive = null,
    string[]? Tags = null,
    bool EndsWithCallers = false,
    bool Renews = false,
    bool IsEssential = false)
{
    /// <summary>Whether the owner notifies this process of changes while it reads.</summary>
    public bool ReceivesChanges => NearLease > TimeSpan.Zero;

    /// <summary>Whether the read can end without a reply of the owner.</summary>
    public bool CanProceedWithoutOwner =>
        Demand == EntryDemand.Leased || (Demand == EntryDemand.Stored && !IsEssential);
}

using CacheOrleans.Entries;
using Orleans.Concurrency;

namespace CacheOrleans;

/// <summary>The owner of one entry in the cluster; its grain key is the canonical text of a cache key.</summary>
/// <remarks>
/// <para>
/// <c>grainFactory.GetGrain&lt;ICacheEntryGrain&gt;("country/v1?code=KR")</c> is enough to read: the cache and its
/// fallback are registered in the silos. Every method throws <see cref="ArgumentException"/> for a key that is not
/// canonical, names no registered cache, does not fit the cache's template, or breaks a limit.
/// </para>
/// <para>Calls interleave: a hit never waits for a load, nor a load for a write.</para>
/// </remarks>
[Alias(EntryInterface.Name)]
[GrainInterfaceType(EntryInterface.Name)]
public interface ICacheEntryGrain : IGrainWithStringKey
{
    /// <summary>Reads the entry: from the owner's memory, else from Redis, else from the cache's fallback.</summary>
    /// <param name="cancellationToken">Cancels the wait; a load continues for other callers.</param>
    /// <returns>The value, or that the key has no value.</returns>
    /// <exception cref="CacheFallbackException">The fallback failed; its exception is the inner exception.</exception>
    [Alias("GetAsync")]
    [ResponseTimeout("00:00:35")]
    [AlwaysInterleave]
    Task<CacheAnswer> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Sets the value; a load that is running does not overwrite it.</summary>
    /// <exception cref="ArgumentException">The value is too large, its time to live is out of range, or the silo has
    /// another definition of the cache.</exception>
    [Alias("SetAsync")]
    [AlwaysInterleave]
    Task<WriteOutcome> SetAsync(CacheWrite write, CancellationToken cancellationToken = default);

    /// <summary>Removes the value; a load that is running does not bring it back.</summary>
    /// <returns><see cref="WriteOutcome.Applied"/> once Redis has the remove. With <see cref="WriteOutcome.Queued"/>
    /// the owner has removed the value, and it will be removed from Redis; if the owner's silo crashes before that, the
    /// old value may return for the rest of its life. The same may happen with <see cref="WriteOutcome.NotStored"/>.
    /// </returns>
    [Alias("RemoveAsync")]
    [AlwaysInterleave]
    Task<WriteOutcome> RemoveAsync(CancellationToken cancellationToken = default);

    /// <summary>Ends the value's life now; the next read loads it again.</summary>
    /// <returns>The same as <see cref="RemoveAsync"/>.</returns>
    [Alias("ExpireAsync")]
    [AlwaysInterleave]
    Task<WriteOutcome> ExpireAsync(CancellationToken cancellationToken = default);

    /// <summary>Extends the life of a value with a sliding expiration, as a read does.</summary>
    [Alias("RefreshAsync")]
    [AlwaysInterleave]
    Task RefreshAsync(CancellationToken cancellationToken = default);

    /// <summary>Declares a cache to the owner's silo. A cache that the silo already knows stays unchanged, unless a
    /// client declared it and it has not been used for an hour.</summary>
    /// <exception cref="ArgumentException">The declaration is not valid, its template differs from the known one, or
    /// too many caches have been declared to the silo.</exception>
    [Alias("DeclareAsync")]
    [AlwaysInterleave]
    Task DeclareAsync(CacheDeclaration declaration);

    /// <summary>Reads the entry for a client. The reply comes soon, and may be that the caller has to load the value,
    /// or that it is already being loaded.</summary>
    /// <remarks>A lease lasts 2 seconds unless it is renewed, and only one caller in the cluster has it. When it ends
    /// without a value, the next waiting caller gets a lease. There is no cancellation token, because
    /// <see cref="EntryRequest.MaxWait"/> limits the wait.</remarks>
    /// <exception cref="CacheFallbackException">The registered fallback failed.</exception>
    /// <exception cref="LeaseFailedException">The fallback of the caller that had the lease failed.</exception>
    [Alias("GetOrLeaseAsync")]
    [AlwaysInterleave]
    Task<EntryReply> GetOrLeaseAsync(EntryRequest request);

    /// <summary>Renews a lease to 2 seconds from now, unless another caller has got a lease in its place.</summary>
    /// <returns>Whether later callers may share the lease's value. They may not if the lease is lost, or if the entry
    /// or one of the lease's tags was changed; in the latter case the callers that waited before still get the value.
    /// </returns>
    [Alias("RenewAsync")]
    [AlwaysInterleave]
    Task<bool> RenewAsync(Guid lease);

    /// <summary>Delivers the value that was loaded under a lease. A second call has no effect.</summary>
    [Alias("CompleteAsync")]
    [AlwaysInterleave]
    Task<LeaseOutcome> CompleteAsync(LeaseCompletion completion);

    /// <summary>Reports that the load under a lease has failed; all waiting callers get the error. A second call has no
    /// effect.</summary>
    [Alias("FailAsync")]
    [AlwaysInterleave]
    Task FailAsync(LeaseFailure failure);

    /// <summary>Describes what the owner has in memory, without the value itself. Loads nothing.</summary>
    [Alias("DescribeAsync")]
    [AlwaysInterleave]
    Task<EntryDescription> DescribeAsync();

    /// <summary>Returns whether the value with a stamp is current, or when a change ended it, as far as the owner
    /// remembers. Loads nothing, and is no use of the entry.</summary>
    [Alias("CheckAsync")]
    [AlwaysInterleave]
    Task<StampCheck> CheckAsync(long stamp);
}

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
    /// <param name="cancellationToken">Gives up waiting; a load goes on for the others.</param>
    /// <returns>The value, or that there is none.</returns>
    /// <exception cref="CacheFallbackException">The fallback failed; its error is the inner exception.</exception>
    [Alias("GetAsync")]
    [ResponseTimeout("00:00:35")]
    [AlwaysInterleave]
    Task<CacheAnswer> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Sets the value; a load that runs meanwhile does not undo it.</summary>
    /// <exception cref="ArgumentException">The value is over the limit, its time to live out of range, or the silo has
    /// another definition of the cache.</exception>
    [Alias("SetAsync")]
    [AlwaysInterleave]
    Task<WriteOutcome> SetAsync(CacheWrite write, CancellationToken cancellationToken = default);

    /// <summary>Removes the value; a load that runs meanwhile does not bring it back.</summary>
    /// <returns><see cref="WriteOutcome.Applied"/> once Redis has it. With <see cref="WriteOutcome.Queued"/> the owner
    /// has forgotten the value and Redis will; if the owner's silo crashes before, the old value may return for the
    /// rest of its life, as it may with <see cref="WriteOutcome.NotStored"/>.</returns>
    [Alias("RemoveAsync")]
    [AlwaysInterleave]
    Task<WriteOutcome> RemoveAsync(CancellationToken cancellationToken = default);

    /// <summary>Ends the value's life now; the next read loads it again.</summary>
    /// <returns>As <see cref="RemoveAsync"/>.</returns>
    [Alias("ExpireAsync")]
    [AlwaysInterleave]
    Task<WriteOutcome> ExpireAsync(CancellationToken cancellationToken = default);

    /// <summary>Prolongs the life of a value with a sliding expiration, as a read does.</summary>
    [Alias("RefreshAsync")]
    [AlwaysInterleave]
    Task RefreshAsync(CancellationToken cancellationToken = default);

    /// <summary>Tells the owner's silo of a cache that it does not know; one that it knows stays as it is, unless a
    /// client declared it and nobody has used it for an hour.</summary>
    /// <exception cref="ArgumentException">The declaration is not valid, its template is another than the known one,
    /// or the silo has been told of too many caches.</exception>
    [Alias("DeclareAsync")]
    [AlwaysInterleave]
    Task DeclareAsync(CacheDeclaration declaration);

    /// <summary>Reads the entry as a client does: the answer comes soon, and may be that the caller is to load the
    /// value, or that somebody does.</summary>
    /// <remarks>A lease lasts 2 seconds unless it is renewed, and goes to one caller in the cluster. When it ends
    /// without a value the next caller that waits gets one. There is no token: the hold bounds the wait.</remarks>
    /// <exception cref="CacheFallbackException">The registered fallback failed.</exception>
    /// <exception cref="LeaseFailedException">The fallback of the caller that had the lease failed.</exception>
    [Alias("GetOrLeaseAsync")]
    [AlwaysInterleave]
    Task<EntryReply> GetOrLeaseAsync(EntryRequest request);

    /// <summary>Prolongs a lease to 2 seconds from now, unless another caller has been given one in its
    /// place.</summary>
    /// <returns>Whether later callers may share its value. They may not when it is lost, and when the entry or one of
    /// the lease's tags was changed; then the value is still brought to the callers that waited before.</returns>
    [Alias("RenewAsync")]
    [AlwaysInterleave]
    Task<bool> RenewAsync(Guid lease);

    /// <summary>Brings the value that was loaded under a lease. A second time it does nothing.</summary>
    [Alias("CompleteAsync")]
    [AlwaysInterleave]
    Task<LeaseOutcome> CompleteAsync(LeaseCompletion completion);

    /// <summary>Tells that loading under a lease has failed; all who wait get the error. A second time it does nothing.
    /// </summary>
    [Alias("FailAsync")]
    [AlwaysInterleave]
    Task FailAsync(LeaseFailure failure);

    /// <summary>Tells what the owner holds, without the value, and loads nothing.</summary>
    [Alias("DescribeAsync")]
    [AlwaysInterleave]
    Task<EntryDescription> DescribeAsync();
}

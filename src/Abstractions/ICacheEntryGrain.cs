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
[Alias("CacheOrleans.ICacheEntryGrain")]
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
    /// <exception cref="ArgumentException">The value is over the limit, or its time to live out of range.</exception>
    [Alias("SetAsync")]
    [AlwaysInterleave]
    Task<WriteOutcome> SetAsync(CacheWrite write, CancellationToken cancellationToken = default);

    /// <summary>Removes the value; a load that runs meanwhile does not bring it back.</summary>
    /// <returns><see cref="WriteOutcome.Applied"/> once Redis has it. With <see cref="WriteOutcome.Queued"/> the owner
    /// has forgotten the value and Redis will; if the owner's silo crashes before, the old value may return for the
    /// rest of its life.</returns>
    [Alias("RemoveAsync")]
    [AlwaysInterleave]
    Task<WriteOutcome> RemoveAsync(CancellationToken cancellationToken = default);

    /// <summary>Ends the value's life now; the next read loads it again.</summary>
    /// <returns>As <see cref="RemoveAsync"/>.</returns>
    [Alias("ExpireAsync")]
    [AlwaysInterleave]
    Task<WriteOutcome> ExpireAsync(CancellationToken cancellationToken = default);

    /// <summary>Tells what the owner holds, without the value, and loads nothing.</summary>
    [Alias("DescribeAsync")]
    [AlwaysInterleave]
    Task<EntryDescription> DescribeAsync();
}

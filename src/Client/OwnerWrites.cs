using CacheOrleans.Client.Caches;
using CacheOrleans.Client.Connection;
using CacheOrleans.Client.Reads;

namespace CacheOrleans.Client;

/// <summary>Changes entries through their owners, and invalidates this process's copies of them.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class OwnerWrites(Cluster cluster, ReadServices services)
{
    /// <summary>How much longer than the client's own limit an owner may take, because it waits for Redis
    /// itself.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>Changes an entry.</summary>
    /// <param name="key">The key's text.</param>
    /// <param name="cache">The key's cache, which is declared to the owner's silo if that does not know it.</param>
    /// <param name="change">The call that changes the entry.</param>
    /// <param name="cancellationToken">Ends the wait of this caller.</param>
    /// <exception cref="ArgumentException">The owner rejects the change, for example because it has another definition
    /// of the cache.</exception>
    /// <exception cref="CacheUnavailableException">No silo answered.</exception>
    public async Task<T> ChangeAsync<T>(
        string key, ClientCache cache, Func<ICacheEntryGrain, Task<T>> change, CancellationToken cancellationToken)
    {
        var keyVersion = services.Near.KeyVersions.Acquire(key);
        try
        {
            return await CallAsync(key, Change, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Also done when it is unknown whether the entry was changed.
            keyVersion.OnChanged();
            keyVersion.Release();
        }

        Task<T> Change(ClusterLink link) =>
            DeclaringAsync(link.Grains.GetGrain<ICacheEntryGrain>(key), cache, change);
    }

    /// <summary>Ends the life of all entries with a tag; this process's copies are invalidated even if it
    /// fails.</summary>
    /// <inheritdoc cref="ChangeAsync" path="/exception" />
    public async Task InvalidateTagAsync(string tag, CancellationToken cancellationToken)
    {
        long version;
        try
        {
            version = await CallAsync(
                tag, link => link.Grains.GetGrain<ITagGrain>(tag).InvalidateAsync(), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception)
        {
            services.Near.RaiseLocally(tag, services.Time.GetUtcNow());
            throw;
        }

        // Copies of values that were loaded without the cluster have stamps above all floors, regardless of the silo's
        // clock.
        services.Near.Tags.Raise(tag, Math.Max(version, services.Near.Tags.Highest + 1));
    }

    /// <summary>Calls an owner, and, if it does not know the cache, declares the cache and calls it once
    /// more.</summary>
    /// <remarks>An owner reports an unknown cache in the same way as any argument that is not allowed. To declare a
    /// cache that is already known does nothing.</remarks>
    private static async Task<T> DeclaringAsync<T>(
        ICacheEntryGrain owner, ClientCache cache, Func<ICacheEntryGrain, Task<T>> change)
    {
        CallerDefinition.Set(cache.Fingerprint);
        try
        {
            return await change(owner).ConfigureAwait(false);
        }
        catch (ArgumentException) when (cache.Declaration is not null)
        {
            await owner.DeclareAsync(cache.Declaration).ConfigureAwait(false);
        }

        return await change(owner).ConfigureAwait(false);
    }

    private async Task<T> CallAsync<T>(
        string target, Func<ClusterLink, Task<T>> call, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(services.Stopping.IsCancellationRequested, typeof(ICacheClient));
        cancellationToken.ThrowIfCancellationRequested(); // also if the answer would come before the cancellation
        var retry = new OperationRetry(services);
        while (true)
        {
            var limits = new CallLimits(TimeSpan.Zero, retry.TimeLeft + Grace);
            var answer = await cluster.CallAsync(call, static (link, call) => call(link), limits, cancellationToken)
                .ConfigureAwait(false);
            if (answer.IsAnswered)
            {
                return answer.Answer!;
            }

            await retry.PauseAsync($"It is unknown whether '{target}' was changed", answer.Error, cancellationToken)
                .ConfigureAwait(false);
        }
    }
}

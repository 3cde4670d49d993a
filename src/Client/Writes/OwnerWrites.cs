using CacheOrleans.Client.Caches;
using CacheOrleans.Client.Connection;
using CacheOrleans.Client.Reads;

namespace CacheOrleans.Client.Writes;

/// <summary>Changes entries through their owners, and ends this process's copies of them.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class OwnerWrites(Cluster cluster, ReadServices services)
{
    /// <summary>The pause before the cluster is tried again.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>How much longer than we try an owner may take, which itself waits for Redis.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>Changes an entry.</summary>
    /// <param name="key">The key's text.</param>
    /// <param name="cache">Its cache, of which the owner's silo is told if it does not know it.</param>
    /// <param name="change">The call.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ArgumentException">The owner refuses it, such as for another definition of the cache.
    /// </exception>
    /// <exception cref="CacheUnavailableException">No silo answered.</exception>
    public async Task<T> ChangeAsync<T>(
        string key, ClientCache cache, Func<ICacheEntryGrain, Task<T>> change, CancellationToken cancellationToken)
    {
        var keyVersion = services.Near.KeyVersions.Hold(key);
        try
        {
            return await CallAsync(key, Change, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Also when it is not known whether the entry was changed.
            keyVersion.Cut();
            keyVersion.Release();
        }

        Task<T> Change(ClusterLink link) =>
            DeclaringAsync(link.Grains.GetGrain<ICacheEntryGrain>(key), cache, change);
    }

    /// <summary>Ends the life of all entries with a tag; that of this process's copies also when it fails.</summary>
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

        // Copies of what was loaded without the cluster stand above all floors, whatever the silo's clock says.
        services.Near.Tags.Raise(tag, Math.Max(version, services.Near.Tags.Highest + 1));
    }

    /// <summary>Calls an owner, and once more after it was told of the cache if it does not know it.</summary>
    /// <remarks>An owner says of an unknown cache what it says of any argument that is not allowed. To declare a cache
    /// that is known does nothing.</remarks>
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
        string what, Func<ClusterLink, Task<T>> call, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(services.Stopping.IsCancellationRequested, typeof(ICacheClient));
        cancellationToken.ThrowIfCancellationRequested(); // also where the answer would be quicker
        var start = services.Time.GetTimestamp();
        Exception? silence = null;
        while (true)
        {
            var left = services.OperationTimeout - services.Time.GetElapsedTime(start);
            var answer = await cluster.CallAsync(
                call, static (link, call) => call(link), new(TimeSpan.Zero, left + Grace), cancellationToken)
                .ConfigureAwait(false);
            if (answer.IsAnswered)
            {
                return answer.Answer!;
            }

            silence = answer.Error ?? silence;
            if (cluster.IsAway || services.Time.GetElapsedTime(start) + Pause >= services.OperationTimeout)
            {
                throw new CacheUnavailableException(
                    $"'{what}' was perhaps not changed: {cluster.Absence.Reason}.", silence);
            }

            await Task.Delay(Pause, services.Time, cancellationToken).ConfigureAwait(false);
        }
    }
}

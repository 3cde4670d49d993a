using CacheOrleans.Client.Near;
using CacheOrleans.Keys;

namespace CacheOrleans.Client.Hybrid;

/// <summary>Stores values that were made here, in the cluster or only in this process, and removes them by
/// tag.</summary>
internal sealed class HybridStore(HybridServices services)
{
    /// <summary>Stores a value in the cluster. A failure is logged, and this process keeps a copy for a
    /// while.</summary>
    public async Task StoreAsync<T>(
        HybridEntry<T> entry,
        HybridReadOptions options,
        byte[] bytes,
        CachedValue<T> copy,
        CancellationToken cancellationToken)
    {
        var cache = entry.Cache;
        var write = new CacheWrite(
            bytes,
            options.Expiration,
            Tags: entry.Tags,
            Life: cache.Declaration?.Life,
            Definition: cache.Fingerprint,
            Id: Guid.NewGuid());
        try
        {
            await services.Client.Writes.ChangeAsync(
                entry.Text, cache, owner => owner.SetAsync(write), cancellationToken).ConfigureAwait(false);
        }
        // After any error, the application continues as if it had no distributed cache.
        catch (Exception exception) when (!services.Reads.Stopping.IsCancellationRequested)
        {
            services.Logger.HybridValueNotStored(exception);
            if (options.WritesLocal && !cancellationToken.IsCancellationRequested)
            {
                KeepLocally(entry, copy, LifeOf(options, isLocal: false));
            }
        }
    }

    /// <summary>Keeps a copy of a value that is not stored in the cluster, and replaces an earlier copy.</summary>
    public void KeepLocally<T>(HybridEntry<T> entry, CachedValue<T> value, TimeSpan life)
    {
        var keyVersion = services.Near.KeyVersions.Acquire(entry.Text);
        keyVersion.OnChanged();
        Keep(entry, services.Near.Begin(keyVersion), value, life);
        keyVersion.Release();
    }

    /// <summary>Keeps a copy of a value that was made since a read began, unless the key has changed in the
    /// meantime.</summary>
    public void Keep<T>(HybridEntry<T> entry, PendingRead pending, CachedValue<T> value, TimeSpan life) =>
        services.Near.Keep(
            entry.Cache,
            entry.Key,
            entry.Text,
            pending,
            new(value, pending.LocalStamp, life, entry.Tags, IsLocal: true));

    /// <summary>Returns how long a copy of a value that the cluster does not have lives: as long as the call says, if
    /// the call excludes the cluster; otherwise at most as long as the client keeps copies, because no silo will
    /// announce its end.</summary>
    public TimeSpan LifeOf(HybridReadOptions options, bool isLocal) =>
        isLocal || options.LocalExpiration < services.Client.NearLease
            ? options.LocalExpiration
            : services.Client.NearLease;

    /// <summary>Ends the life of all values that have a tag.</summary>
    /// <param name="tag">The tag's name in the cluster.</param>
    /// <param name="cancellationToken">Ends the wait of this caller.</param>
    public Task RemoveByTagAsync(string tag, CancellationToken cancellationToken)
    {
        if (UnicodeText.IsValid(tag))
        {
            return services.Client.Writes.InvalidateTagAsync(tag, cancellationToken);
        }

        // Values with such a tag exist only in this process.
        services.Near.RaiseLocally(tag, services.Reads.Time.GetUtcNow());
        return Task.CompletedTask;
    }
}

using CacheOrleans.Client.Near;
using CacheOrleans.Keys;

namespace CacheOrleans.Client.Hybrid;

/// <summary>Keeps values that were made here, in the cluster or in this process alone, and ends them.</summary>
internal sealed class HybridStore(HybridServices services)
{
    /// <summary>Stores a value in the cluster. A failure is logged, and this process keeps a copy for a
    /// while.</summary>
    public async Task StoreAsync<T>(
        HybridEntry<T> entry, HybridReadOptions options, HybridValue<T> value, CancellationToken cancellationToken = default)
    {
        var cache = entry.Cache;
        var write = new CacheWrite(
            value.Bytes,
            options.Expiration,
            Tags: entry.Tags,
            Life: cache.Declaration?.Life,
            Definition: cache.Fingerprint);
        try
        {
            await services.Client.Writes.ChangeAsync(
                entry.Text, cache, owner => owner.SetAsync(write), cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever it is, the application goes on as without the store.
        catch (Exception exception) when (!services.Reads.Stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            services.Logger.HybridValueNotStored(exception);
            if (options.WritesLocal && !cancellationToken.IsCancellationRequested)
            {
                KeepLocally(entry, value.Copy, LifeOf(options, isLocal: false));
            }
        }
    }

    /// <summary>Keeps a copy of what the cluster is not given, in the place of what was there.</summary>
    public void KeepLocally<T>(HybridEntry<T> entry, CachedValue<T> value, TimeSpan life)
    {
        var keyVersion = services.Near.KeyVersions.Hold(entry.Text);
        keyVersion.Cut();
        Keep(entry, services.Near.Begin(keyVersion), value, life);
        keyVersion.Release();
    }

    /// <summary>Keeps a copy of what was made since a read began, unless something has come meanwhile.</summary>
    public void Keep<T>(HybridEntry<T> entry, PendingRead pending, CachedValue<T> value, TimeSpan life) =>
        services.Near.Keep(
            entry.Cache, entry.Key, entry.Text, pending, new(value, pending.LocalStamp, life, entry.Tags));

    /// <summary>How long a copy of what the cluster does not have lives: as long as the call says, where it says that
    /// the cluster is not to have it; otherwise as long as the client keeps copies, for nobody will tell of its
    /// end.</summary>
    public TimeSpan LifeOf(HybridReadOptions options, bool isLocal) =>
        isLocal || options.LocalExpiration < services.Client.NearLease
            ? options.LocalExpiration
            : services.Client.NearLease;

    /// <summary>Ends the life of all that has a tag.</summary>
    /// <param name="tag">The tag as the cluster has it.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task RemoveByTagAsync(string tag, CancellationToken cancellationToken)
    {
        if (UnicodeText.IsValid(tag))
        {
            return services.Client.Writes.InvalidateTagAsync(tag, cancellationToken);
        }

        // What has it is in this process alone.
        services.Near.RaiseLocally(tag, services.Reads.Time.GetUtcNow());
        return Task.CompletedTask;
    }
}

using CacheOrleans.Grains.Coordination;
using CacheOrleans.Grains.Entries;
using CacheOrleans.Storage;
using CacheOrleans.Tags;
using Orleans.Concurrency;
using Orleans.Placement;

namespace CacheOrleans.Grains.Tags;

/// <summary>Owns the version of one tag.</summary>
/// <remarks>
/// A new activation reads the version from the store and asks the silos for the one they know. The version is certain
/// once the store was read. Until then every call tries again, and the silos' version is used as the best one known.
/// Invalidations that arrive while one runs share the next one.
/// </remarks>
[HashBasedPlacement]
[Reentrant]
internal sealed class TagGrain(
    TagStore store, TagClient silos, PauseGuard pauses, TimeProvider time, TagDiagnostics diagnostics)
    : Grain, ITagGrain
{
    /// <summary>How often an invalidation is attempted, each time with a later version, when the store has a newer one
    /// of another activation.</summary>
    private const int MaxAttempts = 3;

    private Stamp? _version;
    private bool _isRead;
    private Task? _reading;
    private Task<long> _running = Task.FromResult(0L);
    private Task<long>? _next;

    private string Tag => this.GetPrimaryKeyString();

    private StoreKey VersionKey => StoreKey.OfTag(Tag);

    public async Task<long?> GetVersionAsync()
    {
        ThrowIfTagIsBad();
        await ReadOnceAsync();
        return _version?.Value;
    }

    public Task<long> InvalidateAsync()
    {
        ThrowIfTagIsBad();
        return _next ??= InvalidateNextAsync();
    }

    private async Task<long> InvalidateNextAsync()
    {
        await Task.Yield(); // so that _next is set before it is cleared below
        await Task.WhenAny(_running); // a failure is thrown to the callers that await it
        await ReadOnceAsync();
        _next = null; // a later caller may have changed something after this point, and needs a new invalidation
        return await (_running = InvalidateNowAsync());
    }

    private async Task<long> InvalidateNowAsync()
    {
        diagnostics.OnInvalidated();
        for (var attempt = 1; ; attempt++)
        {
            await pauses.ConfirmAsync();
            var version = Stamp.Next(time.GetUtcNow(), _version ?? Stamp.None);
            _version = version;
            var write = store.Write(VersionKey, version);
            await silos.PushAsync(Tag, version);
            var result = await write.AcknowledgedAsync(time);
            if (result.Status != StoreWriteStatus.Superseded || attempt == MaxAttempts)
            {
                return version.Value;
            }

            // A former activation's clock was ahead, and entries may have stamps as far ahead as its version.
            _version = Stamp.Max(version, result.StoredStamp);
        }
    }

    /// <summary>Finds out the version, unless the store was read already.</summary>
    private async Task ReadOnceAsync()
    {
        if (_isRead)
        {
            return;
        }

        if (_reading is null or { IsCompleted: true })
        {
            _reading = ReadAsync();
        }

        await _reading;
    }

    private async Task ReadAsync()
    {
        var reading = store.ReadAsync(VersionKey);
        var known = await silos.ReadAsync(Tag);
        var stored = await reading;
        _isRead = stored is not null;
        if (known is null && stored is null)
        {
            return;
        }

        _version = Stamp.Max(_version ?? Stamp.None, Stamp.Max(known ?? Stamp.None, stored ?? Stamp.None));
        if (_isRead && _version > stored)
        {
            store.Write(VersionKey, _version.Value); // the store has lost it, or does not have it yet
        }
    }

    private void ThrowIfTagIsBad()
    {
        if (CacheTags.Check(Tag) is { } error)
        {
            DeactivateOnIdle();
            throw new ArgumentException(error);
        }
    }
}

using CacheOrleans.Storage;
using CacheOrleans.Tags;
using Orleans.Concurrency;
using Orleans.Placement;

namespace CacheOrleans.Grains.Tags;

/// <summary>Owns the version of one tag.</summary>
/// <remarks>
/// A new activation learns it from the store and from what the silos know. It is known for good once the store was
/// read; until then it is asked for again with every call, and what the silos know is better than nothing.
/// Invalidations that come while one runs share the next one.
/// </remarks>
[HashBasedPlacement]
[Reentrant]
internal sealed class TagGrain(TagStore store, TagClient silos, TimeProvider time, TagDiagnostics diagnostics)
    : Grain, ITagGrain
{
    /// <summary>Longest wait for an acknowledgement; the store's own limits end nearly every wait before.</summary>
    private static readonly TimeSpan AcknowledgementLimit = TimeSpan.FromSeconds(5);

    /// <summary>How often a later version is taken when another activation's stands in the store.</summary>
    private const int MaxAttempts = 3;

    private Stamp? _version;
    private bool _isRead;
    private Task? _learning;
    private Task<long> _running = Task.FromResult(0L);
    private Task<long>? _next;

    private string Tag => this.GetPrimaryKeyString();

    private StoreKey Place => StoreKey.OfTag(Tag);

    public async Task<long?> GetVersionAsync()
    {
        ThrowIfTagIsBad();
        await KnowAsync();
        return _version?.Value;
    }

    public Task<long> InvalidateAsync()
    {
        ThrowIfTagIsBad();
        return _next ??= InvalidateNextAsync();
    }

    private async Task<long> InvalidateNextAsync()
    {
        await Task.Yield(); // so that it is set before it is cleared
        await Task.WhenAny(_running); // its failure is for those who wait for it
        await KnowAsync();
        _next = null; // who asks from here on may have changed something since
        return await (_running = InvalidateNowAsync());
    }

    private async Task<long> InvalidateNowAsync()
    {
        diagnostics.OnInvalidated();
        for (var attempt = 1; ; attempt++)
        {
            var version = Stamp.Next(time.GetUtcNow(), _version ?? Stamp.None);
            _version = version;
            var write = store.Write(Place, version);
            await silos.PushAsync(Tag, version);
            var result = await AcknowledgedAsync(write);
            if (result.Status != StoreWriteStatus.Superseded || attempt == MaxAttempts)
            {
                return version.Value;
            }

            // A former activation's clock was ahead, and entries may be as far ahead as that.
            _version = Stamp.Max(version, result.StoredStamp);
        }
    }

    /// <summary>Learns the version, if it is not known for good.</summary>
    private async Task KnowAsync()
    {
        if (_isRead)
        {
            return;
        }

        if (_learning is null or { IsCompleted: true })
        {
            _learning = LearnAsync();
        }

        await _learning;
    }

    private async Task LearnAsync()
    {
        var reading = store.ReadAsync(Place);
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
            store.Write(Place, _version.Value); // the store has lost it, or has not got it
        }
    }

    private static async Task<StoreWriteResult> AcknowledgedAsync(PendingWrite write)
    {
        try
        {
            return await write.Attempted.WaitAsync(AcknowledgementLimit);
        }
        catch (TimeoutException)
        {
            return StoreWriteResult.Held;
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

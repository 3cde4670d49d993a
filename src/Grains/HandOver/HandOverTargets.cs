using CacheOrleans.Storage;

namespace CacheOrleans.Grains.HandOver;

/// <summary>Sends the last writes of former owners, which are gone, to the new owners of the entries.</summary>
/// <remarks>Thread-safe. Otherwise a new owner would read the store, which does not have the last write yet, and could
/// keep the old value until that expires.</remarks>
internal sealed class HandOverTargets(IGrainFactory grains, TimeProvider time) : IDisposable
{
    /// <summary>The most owners that are called at a time.</summary>
    private const int MaxConcurrency = 64;

    /// <summary>The most attempts for an owner: calls fail until the cluster finds out that a silo has left.</summary>
    private const int MaxAttempts = 30;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim _turns = new(MaxConcurrency);
    private volatile bool _isLeaving;

    /// <summary>Whether this silo is stopping, and so takes over no writes.</summary>
    public bool IsLeaving => _isLeaving;

    /// <summary>Records that this silo is stopping.</summary>
    public void Leave() => _isLeaving = true;

    /// <summary>Sends a write to the entry's new owner without waiting for it.</summary>
    public void Send(StoreWrite write)
    {
        if (write.Owner is { } owner)
        {
            _ = Task.Run(() => SendAsync(owner, write));
        }
    }

    public void Dispose() => _turns.Dispose();

    private async Task SendAsync(string owner, StoreWrite write)
    {
        for (var attempt = 0; attempt < MaxAttempts && !_isLeaving; attempt++)
        {
            if (await TryAsync(owner, write))
            {
                return;
            }

            await Task.Delay(Pause, time);
        }
    }

    private async Task<bool> TryAsync(string owner, StoreWrite write)
    {
        await _turns.WaitAsync();
        try
        {
            await grains.GetGrain<IHandOverTarget>(owner).InheritAsync(write);
            return true;
        }
        catch (Exception)
        {
            return false; // for any reason; the write is safe in this silo's queue in the meantime
        }
        finally
        {
            _turns.Release();
        }
    }
}

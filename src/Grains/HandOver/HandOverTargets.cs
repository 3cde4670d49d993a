using CacheOrleans.Storage;

namespace CacheOrleans.Grains.HandOver;

/// <summary>Tells the new owners of entries what their former owners, which are gone, last wrote.</summary>
/// <remarks>Thread-safe. A new owner goes by the store, which does not have that yet, and may hold what it finds there
/// for as long as that lives.</remarks>
internal sealed class HandOverTargets(IGrainFactory grains, TimeProvider time) : IDisposable
{
    /// <summary>How many owners are told at a time.</summary>
    private const int Breadth = 64;

    /// <summary>How often an owner is tried: calls fail while the cluster finds out that a silo has left it.</summary>
    private const int MaxAttempts = 30;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim _turns = new(Breadth);
    private volatile bool _isLeaving;

    /// <summary>Whether this silo stops, and so takes nothing over.</summary>
    public bool IsLeaving => _isLeaving;

    public void Leave() => _isLeaving = true;

    /// <summary>Tells the entry's owner, and does not wait for it.</summary>
    public void Tell(StoreWrite write)
    {
        if (write.Owner is { } owner)
        {
            _ = Task.Run(() => TellAsync(owner, write));
        }
    }

    public void Dispose() => _turns.Dispose();

    private async Task TellAsync(string owner, StoreWrite write)
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
            return false; // whatever the reason; the write waits in this silo's queue meanwhile
        }
        finally
        {
            _turns.Release();
        }
    }
}

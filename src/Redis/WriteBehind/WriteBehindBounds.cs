using CacheOrleans.Redis.Diagnostics;
using CacheOrleans.Storage;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Redis.WriteBehind;

/// <summary>Drops operations that exceed the capacity or have expired, in such a way that no older value becomes
/// readable again.</summary>
/// <remarks>The buffer serializes access.</remarks>
internal sealed class WriteBehindBounds(
    IOptions<WriteBehindOptions> options,
    TimeProvider time,
    ICacheVersions versions,
    WriteBehindDiagnostics diagnostics,
    WriteBehindAlerts alerts)
{
    private readonly int _capacity = options.Value.Capacity;
    private readonly int _removeCapacity = options.Value.RemoveCapacity;

    /// <summary>The waiting operations, with their capacities.</summary>
    public WaitingWrites Waiting { get; } = new(options.Value.Capacity, options.Value.RemoveCapacity);

    /// <summary>Drops the operations that exceed the capacities: the oldest values; then, if more removes wait than can
    /// be kept one by one, it ends the cache that has the most of them.</summary>
    public void Apply()
    {
        while (Waiting.TakeExcessValue() is { } value)
        {
            Drop(value);
            diagnostics.OnOverflow(_capacity);
            alerts.OnOverflow(value.Write.Key.Cache, _capacity);
        }

        while (Waiting.TakeExcessRemoves() is { Count: > 0 } removes)
        {
            End(removes);
        }
    }

    /// <summary>Drops an operation that has expired.</summary>
    public void Expire(QueuedWrite write)
    {
        Drop(write);
        diagnostics.OnExpired();
    }

    /// <summary>Records that operations were taken, so that the queue may have room again.</summary>
    public void OnTaken() => diagnostics.OnTaken(Waiting.Count, _capacity);

    /// <summary>Ends a cache: one version replaces all these removes, and also removes every older value of the cache.
    /// </summary>
    private void End(IReadOnlyList<QueuedWrite> removes)
    {
        var cache = removes[0].Write.Key.Cache;
        var version = StoreWrite.OfVersion(StoreKey.OfCache(cache), removes.Max(remove => remove.Stamp));
        if (Waiting.Find(version.Key.Text) is not { } waiting)
        {
            Waiting.Add(new(version));
        }
        else if (waiting.Stamp < version.Record.Stamp)
        {
            Waiting.Replace(waiting, version);
        }

        versions.OnEnded(cache, version.Record.Stamp);
        foreach (var remove in removes)
        {
            remove.Attempt(StoreWriteResult.Deferred); // the remove takes effect through the version
            remove.Settle(StoreWriteResult.Dropped);
        }

        diagnostics.OnEnded(cache, removes.Count, _removeCapacity);
        alerts.OnEnded(cache, _removeCapacity);
    }

    /// <summary>Drops a value. If a remove must take its place, the value settles only when that remove settles: its
    /// owner, which knows the newer state, stays active until then.</summary>
    private void Drop(QueuedWrite write)
    {
        if (write.Write.ReplacementRemove(time.GetUtcNow()) is not { } remove)
        {
            write.Settle(StoreWriteResult.Dropped);
            return;
        }

        var instead = new QueuedWrite(remove);
        instead.Abandon(write);
        if (Waiting.Find(remove.Key.Text) is { } newer)
        {
            newer.TakeOver(instead);
        }
        else
        {
            Waiting.Add(instead);
        }
    }
}

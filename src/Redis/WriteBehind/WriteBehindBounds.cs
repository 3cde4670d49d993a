using CacheOrleans.Redis.Diagnostics;
using CacheOrleans.Storage;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Redis.WriteBehind;

/// <summary>Gives up what finds no room or whose time is over, in such a way that nothing older comes back.</summary>
/// <remarks>The buffer serialises access.</remarks>
internal sealed class WriteBehindBounds(
    IOptions<WriteBehindOptions> options,
    TimeProvider time,
    ICacheVersions versions,
    WriteBehindDiagnostics diagnostics)
{
    private readonly int _capacity = options.Value.Capacity;
    private readonly int _removeCapacity = options.Value.RemoveCapacity;

    /// <summary>What waits, with the room there is for it.</summary>
    public WaitingWrites Waiting { get; } = new(options.Value.Capacity, options.Value.RemoveCapacity);

    /// <summary>Gives up what waits beyond the room there is: the oldest values; then a cache as a whole, if it has
    /// more removes than can be remembered one by one.</summary>
    public void Apply()
    {
        while (Waiting.TakeExcessValue() is { } value)
        {
            Drop(value);
            diagnostics.OnOverflow(value.Write.Key.Cache, _capacity);
        }

        while (Waiting.TakeExcessRemoves() is { Count: > 0 } removes)
        {
            End(removes);
        }
    }

    /// <summary>Gives up an operation whose time is over.</summary>
    public void Expire(QueuedWrite write)
    {
        Drop(write);
        diagnostics.OnExpired();
    }

    /// <summary>More was taken; much may be free now.</summary>
    public void OnTaken() => diagnostics.OnTaken(Waiting.Count, _capacity);

    /// <summary>Ends a cache: its version says of all these at once that they are removed, and of what is older.
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
            remove.Attempt(StoreWriteResult.Held); // it holds, by the version
            remove.Settle(StoreWriteResult.Dropped);
        }

        diagnostics.OnEnded(cache, removes.Count, _removeCapacity);
    }

    /// <summary>Gives a value up. Where a remove is due in its place, the value has not settled before that has: its
    /// owner, which knows better than the store, stays until then.</summary>
    private void Drop(QueuedWrite write)
    {
        if (write.Write.RemoveInstead(time.GetUtcNow()) is not { } remove)
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

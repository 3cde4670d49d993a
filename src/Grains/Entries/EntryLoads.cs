using CacheOrleans.Entries;
using CacheOrleans.Keys;
using CacheOrleans.Loading;
using CacheOrleans.Storage;

namespace CacheOrleans.Grains.Entries;

/// <summary>The loads of one entry: each read of the store and each run of the fallback serves all waiting callers.
/// </summary>
internal sealed class EntryLoads(OwnedEntry owned)
{
    private SharedWork<StoreRecord?>? _read;
    private SharedWork<FoundEntry>? _load;

    public bool AreRunning => _read is not null || _load is not null;

    /// <summary>The load that a new caller waits for, or null.</summary>
    public Task<FoundEntry>? Current => Shared(_load);

    /// <summary>The load that runs, which may be outdated; null if none runs.</summary>
    public SharedWork<FoundEntry>? Running => _load;

    /// <summary>Begins a load with the cache's own fallback.</summary>
    /// <param name="refused">A record in the store whose stamp is not above this one counts as a miss.</param>
    public Task<FoundEntry> Begin(Stamp refused)
    {
        var start = owned.Memory.BeginLoad();
        return Share(ref _load, start, LoadAsync(start, refused));
    }

    /// <summary>Reads the store.</summary>
    /// <returns>The valid entry; null for a miss.</returns>
    public Task<StoreRecord?> ReadAsync()
    {
        if (Shared(_read) is { } read)
        {
            return read;
        }

        var start = owned.Memory.BeginLoad();
        return Share(ref _read, start, ReadAsync(start));
    }

    /// <summary>Keeps the result of a fallback, if it may be kept and the entry has not changed since the load began.
    /// </summary>
    /// <param name="start">The entry's state when the load began.</param>
    /// <param name="result">The fallback's result.</param>
    /// <param name="life">The result's time to live.</param>
    public FoundEntry Keep(LoadStart start, LoadResult result, TimeSpan life)
    {
        if (owned.Services.Fallback.IsKeepable(owned.Cache, result) && owned.Memory.IsCurrent(start))
        {
            if (owned.Memory.Keep(start, result, life) is { } record)
            {
                owned.Writes.Send(record);
            }

            if (owned.Memory.Fresh is { } held)
            {
                return new FoundEntry(held, EntrySource.Fallback);
            }
        }

        return FoundEntry.NotKept(start, result.Value) with
        {
            OutdatedSince = owned.Memory.IsOutdated(start, result.Tags) ? start.TagChanges : null,
        };
    }

    private Task<T>? Shared<T>(SharedWork<T>? work) =>
        work is not null && owned.Memory.IsCurrent(work.Start) ? work.Task : null;

    private Task<T> Share<T>(ref SharedWork<T>? place, LoadStart start, Task<T> task)
    {
        if (!task.IsCompleted)
        {
            place = new(task, start);
            owned.Activation.OnBegun(); // a deactivating entry waits for its work, and new calls wait for the entry
        }

        _ = EndAsync(task);
        return task;
    }

    private async Task EndAsync(Task task)
    {
        await Task.WhenAny(task); // a failure is thrown to the callers that await the work itself
        _read = _read?.Task == task ? null : _read;
        _load = _load?.Task == task ? null : _load;
        owned.Activation.OnChanged();
    }

    private async Task<StoreRecord?> ReadAsync(LoadStart start)
    {
        if (await owned.Services.Lookup.ReadStoreAsync(owned.Identity) is not { } record)
        {
            return null;
        }

        if (!await owned.Services.Tags.LearnAsync(record.Tags))
        {
            owned.Memory.Observe(record.Stamp);
            return null;
        }

        if (!owned.Memory.TryAccept(start, record))
        {
            return null;
        }

        owned.Cache.Meter.OnRedisHit();
        return owned.Use(record);
    }

    private async Task<FoundEntry> LoadAsync(LoadStart start, Stamp refused)
    {
        // The entry in memory, which was refused, is as new as the one in the store.
        if (owned.Memory.Fresh is null && await ReadAsync() is { } held && held.Stamp > refused)
        {
            return new FoundEntry(held, EntrySource.Redis);
        }

        if (owned.Cache.Loader is not { } loader)
        {
            return FoundEntry.Nothing(owned.Memory.LastStamp);
        }

        var result = await owned.Services.Fallback.RunAsync(
            owned.Cache, CacheKey.Parse(owned.Activation.Key), loader);
        return Keep(start, result, owned.Cache.Lives.Of(result.Value, given: null, life: null));
    }
}

using CacheOrleans.Entries;
using CacheOrleans.Loading;
using CacheOrleans.Storage;

namespace CacheOrleans.Grains.Entries;

/// <summary>The loads of one entry: each read of the store and each run of the fallback serves all who wait.</summary>
internal sealed class EntryLoads(OwnedEntry owned)
{
    private readonly SharedWork<HeldEntry?> _reads = new(owned);
    private readonly SharedWork<FoundEntry> _loads = new(owned);

    public bool AreRunning => _reads.IsRunning || _loads.IsRunning;

    /// <summary>The load to wait for, or null.</summary>
    public Task<FoundEntry>? Current => _loads.Current;

    /// <summary>Begins a load by the cache's own fallback.</summary>
    /// <param name="refused">What the store has that is not later than this counts as a miss.</param>
    public Task<FoundEntry> Begin(Stamp refused = default) => _loads.Begin(ticket => LoadAsync(ticket, refused));

    /// <summary>Reads the store.</summary>
    /// <returns>What counts; null: a miss.</returns>
    public Task<HeldEntry?> ReadAsync() => _reads.Current ?? _reads.Begin(ReadAsync);

    /// <summary>Keeps what a fallback found, if it may be kept and nothing came in between.</summary>
    /// <param name="ticket">The load's.</param>
    /// <param name="result">What it found.</param>
    /// <param name="life">How long that counts.</param>
    public FoundEntry Keep(LoadTicket ticket, LoadResult result, TimeSpan life)
    {
        if (!owned.Services.Fallback.IsKeepable(owned.Cache, result) || !owned.Memory.IsCurrent(ticket))
        {
            return FoundEntry.NotKept(ticket, result.Value);
        }

        if (owned.Memory.Keep(ticket, result, life) is { } record)
        {
            owned.Writes.Send(record);
        }

        return owned.Memory.Fresh is { } held
            ? new FoundEntry(held, EntrySource.Fallback)
            : FoundEntry.NotKept(ticket, result.Value);
    }

    private async Task<HeldEntry?> ReadAsync(LoadTicket ticket)
    {
        if (await owned.Services.Lookup.ReadStoreAsync(owned.Identity) is not { } record
            || owned.Memory.Accept(ticket, record) is not { } held)
        {
            return null;
        }

        owned.Cache.Meter.OnRedisHit();
        return held;
    }

    private async Task<FoundEntry> LoadAsync(LoadTicket ticket, Stamp refused)
    {
        // What is held here, and refused, is as new as what the store has.
        if (owned.Memory.Fresh is null && await ReadAsync() is { } held && held.Stamp > refused)
        {
            return new FoundEntry(held, EntrySource.Redis);
        }

        if (owned.Cache.Loader is not { } loader)
        {
            return FoundEntry.Nothing(owned.Memory.LastStamp);
        }

        var result = await owned.Services.Fallback.RunAsync(owned.Identity, loader);
        return Keep(ticket, result, owned.Cache.Lives.Of(result.Value, given: null, life: null));
    }
}

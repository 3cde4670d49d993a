using CacheOrleans.Entries;
using CacheOrleans.Storage;
using Orleans.Placement;

namespace CacheOrleans.Grains.Entries;

/// <summary>Owns one entry: one load at a time for the whole cluster, and one order of its writes.</summary>
/// <remarks>
/// Every method interleaves, and changes the memory before its first await; what a method learns after an await goes
/// through the memory, which knows what came in between. A load is shared by all who wait for it, and detached by a
/// set or a remove: who asks later begins a new one.
/// </remarks>
[HashBasedPlacement]
internal sealed class CacheEntryGrain(
    EntryDirectory directory, EntryLookup lookup, IWriteBehind writeBehind, EntryLedger ledger)
    : Grain, ICacheEntryGrain
{
    /// <summary>Longest wait for an acknowledgement; the store's own limits end nearly every wait before.</summary>
    private static readonly TimeSpan AcknowledgementLimit = TimeSpan.FromSeconds(5);

    /// <summary>How often an explicit write takes a later stamp when another owner's operation stands in the store.
    /// </summary>
    private const int MaxAttempts = 3;

    private EntryIdentity _entry = null!;
    private EntryMemory _memory = null!;
    private EntrySlot _slot = null!;
    private string? _keyError;
    private Task<CacheAnswer>? _load;
    private PendingWrite? _lastWrite;
    private int _pendingWrites;
    private DateTimeOffset _pendingUntil;
    private DateTimeOffset _staysUntil;
    private long _lastOperation;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (directory.TryFind(this.GetPrimaryKeyString(), out var entry, out _keyError))
        {
            _entry = entry;
            _memory = directory.NewMemory(entry.Cache);
        }

        _slot = ledger.Add(GrainContext); // last: an activation that fails is never told to leave
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        ledger.Remove(_slot);
        if (_pendingWrites > 0 && _lastWrite is { } write)
        {
            // The next owner reads the store first, so it should have the write; a store that fails is not waited
            // for.
            await AcknowledgedAsync(write, cancellationToken);
        }
    }

    public Task<CacheAnswer> GetAsync(CancellationToken cancellationToken)
    {
        ThrowIfKeyIsBad();
        var meter = _entry.Cache.Meter;
        meter.OnRequest();
        if (_memory.Fresh is { } held)
        {
            meter.OnMemoryHit();
            _slot.Touch();
            return Task.FromResult(Answer(held, EntrySource.Memory));
        }

        if (_load is not null)
        {
            meter.OnShared();
        }

        return (_load ?? BeginLoad()).WaitAsync(cancellationToken);
    }

    public Task<WriteOutcome> SetAsync(CacheWrite write, CancellationToken cancellationToken)
    {
        ThrowIfKeyIsBad();
        directory.Check(_entry, write);
        return WriteAsync(() => _memory.Set(write.Value, write.TimeToLive), write.WriteThrough, cancellationToken);
    }

    public Task<WriteOutcome> RemoveAsync(CancellationToken cancellationToken)
    {
        ThrowIfKeyIsBad();
        return WriteAsync(_memory.Remove, acknowledge: true, cancellationToken);
    }

    public Task<WriteOutcome> ExpireAsync(CancellationToken cancellationToken) => RemoveAsync(cancellationToken);

    public Task<EntryDescription> DescribeAsync()
    {
        ThrowIfKeyIsBad();
        UpdateLife();
        var held = _memory.Fresh;
        return Task.FromResult(new EntryDescription(
            _entry.Key.Text,
            held is null ? EntryState.Empty : held.Value is null ? EntryState.NotFound : EntryState.Value,
            held?.Value?.Length ?? 0,
            held is null ? TimeSpan.Zero : _memory.Age(held.CreatedAt),
            held is null ? TimeSpan.Zero : _memory.TimeLeft(held.ExpiresAt),
            _memory.LastStamp.Value,
            _load is not null,
            _pendingWrites > 0,
            GrainContext.Address.SiloAddress?.ToString() ?? string.Empty));
    }

    /// <summary>Begins a load, which everyone who asks before it ends shares.</summary>
    private Task<CacheAnswer> BeginLoad()
    {
        var load = LoadAsync();
        if (!load.IsCompleted)
        {
            _load = load;
            _slot.IsPinned = true; // an entry that leaves first waits for its load, and all its calls with it
        }

        _ = EndLoadAsync(load);
        return load;
    }

    private async Task EndLoadAsync(Task<CacheAnswer> load)
    {
        await Task.WhenAny(load); // its failure is for those who wait for the load itself
        if (ReferenceEquals(_load, load))
        {
            _load = null;
        }

        UpdateLife();
    }

    private async Task<CacheAnswer> LoadAsync()
    {
        var ticket = _memory.BeginLoad();
        if (await lookup.ReadStoreAsync(_entry) is { } record && _memory.Accept(ticket, record) is { } held)
        {
            _entry.Cache.Meter.OnRedisHit();
            return Answer(held, EntrySource.Redis);
        }

        if (_entry.Cache.Loader is not { } loader)
        {
            return new CacheAnswer(null, EntrySource.None, TimeSpan.Zero, _memory.LastStamp.Value);
        }

        var result = await lookup.RunFallbackAsync(_entry, loader);
        if (!directory.IsKeepable(_entry, result))
        {
            return new CacheAnswer(result.Value, EntrySource.Fallback, TimeSpan.Zero, ticket.Stamp.Value);
        }

        var kept = _memory.Keep(ticket, result);
        if (kept is not null)
        {
            Send(kept);
        }

        return new CacheAnswer(
            result.Value, EntrySource.Fallback, TimeSpan.Zero, (kept?.Stamp ?? ticket.Stamp).Value);
    }

    /// <summary>Changes the memory, hands the write over, and waits for the store if asked to.</summary>
    private async Task<WriteOutcome> WriteAsync(
        Func<StoreRecord> change, bool acknowledge, CancellationToken cancellationToken)
    {
        var operation = ++_lastOperation;
        for (var attempt = 1; ; attempt++)
        {
            _load = null;
            var write = Send(change());
            if (!acknowledge)
            {
                return WriteOutcome.Queued;
            }

            var result = await AcknowledgedAsync(write, cancellationToken);
            if (result.Status != StoreWriteStatus.Superseded)
            {
                return result.Status == StoreWriteStatus.Applied ? WriteOutcome.Applied : WriteOutcome.Queued;
            }

            // A former owner's clock was ahead. What the caller wants now comes after what that owner wrote, unless
            // a newer set or remove has come meanwhile.
            if (attempt == MaxAttempts || operation != _lastOperation)
            {
                return WriteOutcome.Superseded;
            }

            _memory.Reject(result.StoredStamp);
        }
    }

    /// <summary>Hands a write over, and keeps the entry alive until it has settled.</summary>
    private PendingWrite Send(StoreRecord record)
    {
        var write = writeBehind.Enqueue(new StoreWrite(_entry.StoreKey, record, record.ExpiresAt));
        _lastWrite = write;
        _pendingWrites++;
        _pendingUntil = record.ExpiresAt;
        UpdateLife();
        _ = SettleAsync(write);
        return write;
    }

    private static async Task<StoreWriteResult> AcknowledgedAsync(
        PendingWrite write, CancellationToken cancellationToken)
    {
        try
        {
            return await write.Attempted.WaitAsync(AcknowledgementLimit, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            return StoreWriteResult.Held;
        }
    }

    private async Task SettleAsync(PendingWrite write)
    {
        if ((await write.Attempted).Status == StoreWriteStatus.Failed)
        {
            _entry.Cache.Meter.OnError();
        }

        var settled = await write.Settled;
        _pendingWrites--;
        if (settled.Status == StoreWriteStatus.Superseded)
        {
            _memory.Reject(settled.StoredStamp);
            _load = null;
        }

        UpdateLife();
    }

    /// <summary>Lets the activation stay as long as what it holds counts, or a write of it may still reach the store.
    /// </summary>
    private void UpdateLife()
    {
        var held = _memory.Fresh;
        _slot.IsPinned = _load is not null || _pendingWrites > 0;
        ledger.Update(_slot, held?.Value);
        var until = _pendingWrites > 0 ? _pendingUntil : held?.ExpiresAt ?? DateTimeOffset.MinValue;
        if (until < _staysUntil)
        {
            // Orleans looks at an entry again only at the end it was told last; this alone moves that forward.
            DelayDeactivation(TimeSpan.Zero);
        }

        _staysUntil = until;
        DelayDeactivation(_memory.TimeLeft(until));
    }

    private CacheAnswer Answer(HeldEntry held, EntrySource source) =>
        new(held.Value, source, _memory.Age(held.CreatedAt), held.Stamp.Value);

    private void ThrowIfKeyIsBad()
    {
        if (_keyError is not null)
        {
            DeactivateOnIdle();
            throw new ArgumentException(_keyError);
        }
    }
}

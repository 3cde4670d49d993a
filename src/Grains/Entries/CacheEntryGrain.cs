using CacheOrleans.Entries;
using CacheOrleans.Grains.HandOver;
using CacheOrleans.Storage;
using CacheOrleans.Tags;
using Orleans.Placement;

namespace CacheOrleans.Grains.Entries;

/// <summary>Owns one entry: one load at a time for the whole cluster, and one order of its writes.</summary>
/// <remarks>
/// Every method interleaves, and changes the memory before its first await; what a method learns after an await goes
/// through the memory, which knows what came in between. A load or a lease is shared by all who wait for it, and
/// detached by a set or a remove: who asks later begins a new one.
/// </remarks>
[HashBasedPlacement]
internal sealed class CacheEntryGrain(
    EntryKeys directory, EntryServices services, EntryEvictor ledger, HandOverTargets heirs)
    : Grain, ICacheEntryGrain, IEntryActivation, IHandOverTarget
{
    private static readonly Task<EntryReply> Undeclared = Task.FromResult(new EntryReply(EntryStatus.Undeclared));

    private OwnedEntry _entry = null!;
    private EntrySlot _slot = null!;
    private KeyError? _keyError;
    private DateTimeOffset _staysUntil;

    /// <inheritdoc />
    public string Key => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Bind();
        _slot = ledger.Add(GrainContext); // last: an activation that fails is never told to leave
        return Task.CompletedTask;
    }

    /// <remarks>The queue of a silo that stops is handed over as a whole. Where this entry alone must go, because the
    /// silo that knew where it was has left, its write still waits here, and the next owner must not go by the store.
    /// </remarks>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_entry?.Memory.Leave() is { } prolonged)
        {
            _entry.Writes.Send(prolonged);
        }

        ledger.Remove(_slot);
        var isShuttingDown = reason.ReasonCode == DeactivationReasonCode.ShuttingDown;
        if (!isShuttingDown)
        {
            _entry?.Recall();
        }

        if (_entry is not null)
        {
            await _entry.Writes.AttemptedAsync(cancellationToken);
            if (!isShuttingDown && _entry.Writes.Waiting is { } write)
            {
                heirs.Tell(write);
            }
        }
    }

    public Task<CacheAnswer> GetAsync(CancellationToken cancellationToken)
    {
        ThrowIfKeyIsBad();
        var meter = _entry.Cache.Meter;
        meter.OnRequest();
        var now = _entry.Now;
        _entry.Cache.OnUse(now);
        if (_entry.Memory.FreshAt(now) is { } held)
        {
            return Task.FromResult(OnHit(held).Answer(now));
        }

        if (_entry.Loads.Current is not null)
        {
            meter.OnShared();
        }

        return _entry.Loads.AnswerAsync(cancellationToken);
    }

    public Task<EntryReply> GetOrLeaseAsync(EntryRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (IsUndeclared(request.Definition))
        {
            _slot.IsPinned &= _entry is not null;
            return Undeclared;
        }

        ThrowIfKeyIsBad();
        var meter = _entry.Cache.Meter;
        if (request.Awaited == default)
        {
            meter.OnRequest();
        }

        var now = _entry.Now;
        _entry.Cache.OnUse(now);
        if (_entry.Memory.FreshAt(now) is { } held && held.Stamp.Value > request.Refused)
        {
            return Task.FromResult(_entry.Reply(request, OnHit(held), now));
        }

        return new EntryRead(_entry, request).RunAsync();
    }

    public Task<bool> RenewAsync(Guid lease)
    {
        ThrowIfKeyIsBad();
        return Task.FromResult(_entry.Leases.Renew(lease));
    }

    public Task<LeaseOutcome> CompleteAsync(LeaseCompletion completion)
    {
        ThrowIfKeyIsBad();
        ArgumentNullException.ThrowIfNull(completion);
        EntryKeys.CheckTimes(_entry.Identity, completion.TimeToLive, completion.Life);
        return Task.FromResult(_entry.Leases.Complete(completion));
    }

    public Task FailAsync(LeaseFailure failure)
    {
        ThrowIfKeyIsBad();
        ArgumentNullException.ThrowIfNull(failure);
        _entry.Leases.Fail(failure);
        return Task.CompletedTask;
    }

    public Task DeclareAsync(CacheDeclaration declaration)
    {
        if (_keyError is { Cache: null })
        {
            ThrowIfKeyIsBad();
        }

        directory.Declare(_keyError?.Cache ?? _entry.Cache.Definition.Name, declaration);
        LeaveIfOutdated();
        return Task.CompletedTask;
    }

    public Task<WriteOutcome> SetAsync(CacheWrite write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        ThrowIfKeyIsBad(write.Definition);
        _entry.Cache.OnUse(_entry.Now);
        directory.Check(_entry.Identity, write);
        var tags = CacheTags.Of(write.Tags);
        var life = _entry.Cache.Lives.Of(write.Value, write.TimeToLive, write.Life);
        return _entry.Writes.WriteAsync(
            () => _entry.Memory.Set(write.Value, life, tags, write.SlidingExpiration),
            write.WriteThrough,
            cancellationToken);
    }

    public Task<WriteOutcome> RemoveAsync(CancellationToken cancellationToken)
    {
        ThrowIfKeyIsBad(CallerDefinition.Current);
        _entry.Cache.OnUse(_entry.Now);
        return _entry.Writes.WriteAsync(
            () => _entry.Memory.Remove(_entry.Cache.Lives.Longest), acknowledge: true, cancellationToken);
    }

    public Task<WriteOutcome> ExpireAsync(CancellationToken cancellationToken) => RemoveAsync(cancellationToken);

    /// <remarks>If its cache is not known here, the write waits in the queue that took it all the same.</remarks>
    public Task InheritAsync(StoreWrite write) => _entry?.Writes.InheritAsync(write) ?? Task.CompletedTask;

    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        ThrowIfKeyIsBad(CallerDefinition.Current);
        _entry.Cache.OnUse(_entry.Now);
        _slot.Touch();
        if (_entry.Memory.Fresh is { } held)
        {
            _entry.Use(held);
        }
        else
        {
            await _entry.Loads.ReadAsync().WaitAsync(cancellationToken); // which is a use of what it finds
        }
    }

    public Task<EntryDescription> DescribeAsync()
    {
        ThrowIfKeyIsBad();
        OnChanged();
        var memory = _entry.Memory;
        var now = _entry.Now;
        var held = memory.FreshAt(now);
        return Task.FromResult(new EntryDescription(
            Key,
            held is null ? EntryState.Empty : held.Value is null ? EntryState.NotFound : EntryState.Value,
            held?.Value?.Length ?? 0,
            held?.Age(now) ?? TimeSpan.Zero,
            held?.TimeLeft(now) ?? TimeSpan.Zero,
            memory.LastStamp.Value,
            _entry.Loads.AreRunning || _entry.LeasedFor > TimeSpan.Zero,
            _entry.Writes.ArePending,
            GrainContext.Address.SiloAddress?.ToString() ?? string.Empty));
    }

    /// <inheritdoc />
    public void OnBegun() => _slot.IsPinned = true;

    /// <summary>Lets the activation stay as long as what it holds counts, a write of it may still reach the store, or
    /// somebody loads its value.</summary>
    public void OnChanged()
    {
        _entry.OnChanged();
        var now = _entry.Now;
        var held = _entry.Memory.FreshAt(now);
        var leased = _entry.LeasedFor;
        _slot.IsPinned = _entry.Loads.AreRunning || _entry.Writes.ArePending || leased > TimeSpan.Zero;
        ledger.Update(_slot, held?.Value);
        var until = _entry.Writes.ArePending
            ? _entry.Writes.PendingUntil
            : held?.StaysUntil ?? DateTimeOffset.MinValue;
        if (leased > TimeSpan.Zero && now + leased is var end && end > until)
        {
            until = end;
        }

        if (until < _staysUntil)
        {
            // Orleans looks at an entry again only at the end it was told last; this alone moves that forward.
            DelayDeactivation(TimeSpan.Zero);
        }

        _staysUntil = until;
        DelayDeactivation(until > now ? until - now : TimeSpan.Zero);
    }

    private FoundEntry OnHit(MemoryEntry held)
    {
        _entry.Cache.Meter.OnMemoryHit();
        _slot.Touch();
        return new FoundEntry(_entry.Use(held), EntrySource.Memory);
    }

    private void Bind()
    {
        if (directory.TryFind(Key, out var identity, out _keyError))
        {
            _entry = new OwnedEntry(identity, this, services);
        }
    }

    /// <summary>Whether the silo does not know the key's cache, or not by the caller's definition.</summary>
    /// <param name="definition">The fingerprint of the caller's definition; zero: it has none.</param>
    private bool IsUndeclared(long definition) =>
        (_keyError is not null || IsOther(definition)) && IsStillUndeclared(definition);

    private bool IsOther(long definition) => definition != 0 && definition != _entry.Cache.Definition.Fingerprint;

    private bool IsStillUndeclared(long definition)
    {
        if (_keyError is { Cache: not null })
        {
            Bind(); // a client may have declared it by now
        }

        LeaveIfOutdated();
        return _keyError?.IsUndeclared(definition) ?? IsOther(definition);
    }

    /// <summary>Leaves when the name of the cache stands for another definition by now: the entry's next activation
    /// goes by that.</summary>
    private void LeaveIfOutdated()
    {
        if (_keyError is null && !directory.IsCurrent(_entry.Cache))
        {
            DeactivateOnIdle();
        }
    }

    private void ThrowIfKeyIsBad(long definition = 0)
    {
        var isUndeclared = IsUndeclared(definition);
        if (_keyError is not null)
        {
            DeactivateOnIdle();
            throw new ArgumentException(_keyError.Message);
        }

        if (isUndeclared)
        {
            throw new ArgumentException(
                $"Cache '{_entry.Cache.Definition.Name}' has the template '{_entry.Cache.Definition.Template}' in the "
                + "silos; the caller's definition has another one.");
        }
    }
}

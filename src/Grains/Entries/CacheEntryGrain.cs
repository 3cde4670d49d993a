using CacheOrleans.Entries;
using CacheOrleans.Grains.HandOver;
using CacheOrleans.Storage;
using CacheOrleans.Tags;
using Orleans.Placement;

namespace CacheOrleans.Grains.Entries;

/// <summary>Owns one entry: runs one load at a time for the whole cluster, and puts all writes in one order.</summary>
/// <remarks>
/// Every method interleaves and changes the memory before its first await. Whatever a method learns after an await
/// goes through the memory, which knows what has changed in between. A load or a lease is shared by all callers that
/// wait for it. A set or a remove detaches it: a later caller begins a new one.
/// </remarks>
[HashBasedPlacement]
internal sealed class CacheEntryGrain(
    EntryKeys keys, EntryServices services, EntryEvictor evictor, HandOverTargets handOverTargets)
    : Grain, ICacheEntryGrain, IEntryActivation, IHandOverTarget
{
    private static readonly Task<EntryReply> Undeclared = Task.FromResult(new EntryReply(EntryStatus.Undeclared));

    private OwnedEntry _entry = null!;
    private EntrySlot _slot = null!;
    private KeyError? _keyError;
    private DateTimeOffset _staysUntil;

    /// <inheritdoc />
    public string Key => this.GetPrimaryKeyString();

    /// <inheritdoc />
    public bool IsLeaving => _slot.Node is null;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Bind();
        _slot = evictor.Add(GrainContext); // last, so that a failed activation is never in the evictor's lists
        return Task.CompletedTask;
    }

    /// <remarks>A silo that stops hands its whole queue over. If only this entry is deactivated, because the silo with
    /// its directory partition has left, its write still waits in this silo's queue: the next owner gets the write
    /// directly, because the store does not have it yet.</remarks>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_entry?.Memory.FinalWrite() is { } extended)
        {
            _entry.Writes.Send(extended);
        }

        evictor.Remove(_slot);
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
                handOverTargets.Send(write);
            }
        }
    }

    public Task<CacheAnswer> GetAsync(CancellationToken cancellationToken)
    {
        var entry = CheckedEntry();
        entry.Cache.Meter.OnRequest();
        var now = entry.Now;
        return FindInMemory(now, refused: default) is { } found
            ? Task.FromResult(found.Answer(now))
            : EntryRead.AnswerAsync(entry, cancellationToken);
    }

    public Task<EntryReply> GetOrLeaseAsync(EntryRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (IsUndeclared(request.Definition))
        {
            _slot.IsPinned &= _entry is not null;
            return Undeclared;
        }

        var entry = CheckedEntry();
        if (request.Awaited == default)
        {
            entry.Cache.Meter.OnRequest();
        }

        var now = entry.Now;
        return FindInMemory(now, new(request.Refused)) is { } found
            ? Task.FromResult(entry.Reply(request, found, now))
            : EntryRead.ReplyAsync(entry, request);
    }

    public Task<bool> RenewAsync(Guid lease) => Task.FromResult(CheckedEntry().Leases.Renew(lease));

    public Task<LeaseOutcome> CompleteAsync(LeaseCompletion completion)
    {
        var entry = CheckedEntry();
        ArgumentNullException.ThrowIfNull(completion);
        EntryKeys.CheckTimes(entry.Identity, completion.TimeToLive, completion.Life);
        return Task.FromResult(entry.Leases.Complete(completion));
    }

    public Task FailAsync(LeaseFailure failure)
    {
        var entry = CheckedEntry();
        ArgumentNullException.ThrowIfNull(failure);
        entry.Leases.Fail(failure);
        return Task.CompletedTask;
    }

    public Task DeclareAsync(CacheDeclaration declaration)
    {
        keys.Declare(_keyError?.Cache ?? CheckedEntry().Cache.Definition.Name, declaration);
        DeactivateIfOutdated();
        return Task.CompletedTask;
    }

    public Task<WriteOutcome> SetAsync(CacheWrite write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        var entry = UsedEntry(write.Definition);
        keys.Check(entry.Identity, write);
        var tags = CacheTags.Of(write.Tags);
        var life = entry.Cache.Lives.Of(write.Value, write.TimeToLive, write.Life);
        return entry.Sets.OnceAsync(write.Id, () => entry.Writes.WriteAsync(
            () => entry.Memory.Set(write.Value, life, tags, write.SlidingExpiration),
            write.WriteThrough,
            cancellationToken));
    }

    public Task<WriteOutcome> RemoveAsync(CancellationToken cancellationToken)
    {
        var entry = UsedEntry(CallerDefinition.Current);
        return entry.Writes.WriteAsync(
            () => entry.Memory.Remove(entry.Cache.Lives.Longest), acknowledge: true, cancellationToken);
    }

    public Task<WriteOutcome> ExpireAsync(CancellationToken cancellationToken) => RemoveAsync(cancellationToken);

    /// <remarks>If this silo does not know the cache, nothing is lost: the queue that took the write over still has
    /// it.</remarks>
    public Task InheritAsync(StoreWrite write) => _entry?.Writes.InheritAsync(write) ?? Task.CompletedTask;

    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var entry = UsedEntry(CallerDefinition.Current);
        _slot.Touch();
        if (entry.Memory.Fresh is { } held)
        {
            entry.Use(held);
        }
        else
        {
            await entry.Loads.ReadAsync().WaitAsync(cancellationToken); // counts as a use of the entry it finds
        }
    }

    public Task<EntryDescription> DescribeAsync()
    {
        var entry = CheckedEntry();
        OnChanged();
        var now = entry.Now;
        var held = entry.Memory.FreshAt(now);
        return Task.FromResult(new EntryDescription(
            Key,
            held is null ? EntryState.Empty : held.Value is null ? EntryState.NotFound : EntryState.Value,
            held?.Value?.Length ?? 0,
            held?.Age(now) ?? TimeSpan.Zero,
            held?.TimeLeft(now) ?? TimeSpan.Zero,
            entry.Memory.LastStamp.Value,
            entry.Loads.AreRunning || entry.LeasedFor > TimeSpan.Zero,
            entry.Writes.ArePending,
            GrainContext.Address.SiloAddress?.ToString() ?? string.Empty));
    }

    public Task<StampCheck> CheckAsync(long stamp)
    {
        if (_entry is { IsUnused: false })
        {
            return Task.FromResult(_entry.Memory.Check(new(stamp)));
        }

        DeactivateOnIdle(); // it was activated for this call
        return Task.FromResult<StampCheck>(default);
    }

    /// <inheritdoc />
    public void OnBegun() => _slot.IsPinned = true;

    /// <summary>Keeps the activation alive while its entry is valid, one of its writes may still reach the store, or
    /// its value is being loaded.</summary>
    public void OnChanged()
    {
        _entry.OnChanged();
        var now = _entry.Now;
        var held = _entry.Memory.FreshAt(now);
        var leased = _entry.LeasedFor;
        _slot.IsPinned = _entry.IsReading || _entry.Writes.ArePending || leased > TimeSpan.Zero;
        evictor.Update(_slot, held?.Value);
        var until = _entry.Writes.ArePending
            ? _entry.Writes.PendingUntil
            : held?.LatestExpiry ?? DateTimeOffset.MinValue;
        if (leased > TimeSpan.Zero && now + leased is var end && end > until)
        {
            until = end;
        }

        if (until < _staysUntil)
        {
            // Orleans checks an activation again only at the end of the last delay. Only a delay of zero makes it
            // check earlier.
            DelayDeactivation(TimeSpan.Zero);
        }

        _staysUntil = until;
        DelayDeactivation(until > now ? until - now : TimeSpan.Zero);
    }

    /// <summary>Answers a read from memory, and counts it as a use of the cache in any case.</summary>
    private FoundEntry? FindInMemory(DateTimeOffset now, Stamp refused)
    {
        _entry.Cache.OnUse(now);
        if (_entry.Memory.FreshAt(now) is not { } held || held.Stamp <= refused)
        {
            return null;
        }

        _entry.Cache.Meter.OnMemoryHit();
        _slot.Touch();
        return new FoundEntry(_entry.Use(held), EntrySource.Memory);
    }

    private void Bind()
    {
        if (keys.TryFind(Key, out var identity, out _keyError))
        {
            _entry = new OwnedEntry(identity, this, services);
        }
    }

    /// <summary>Whether the silo does not know the key's cache, or knows it under another definition than the caller.
    /// </summary>
    /// <param name="definition">The fingerprint of the caller's definition; zero if the caller has none.</param>
    private bool IsUndeclared(long definition) =>
        (_keyError is not null || IsOther(definition)) && IsStillUndeclared(definition);

    private bool IsOther(long definition) => definition != 0 && definition != _entry.Cache.Definition.Fingerprint;

    private bool IsStillUndeclared(long definition)
    {
        if (_keyError is { Cache: not null })
        {
            Bind(); // a client may have declared it by now
        }

        DeactivateIfOutdated();
        return _keyError?.IsUndeclared(definition) ?? IsOther(definition);
    }

    /// <summary>Deactivates the entry when the name of its cache has another definition by now: the next activation
    /// uses that one.</summary>
    private void DeactivateIfOutdated()
    {
        if (_keyError is null && !keys.IsCurrent(_entry.Cache))
        {
            DeactivateOnIdle();
        }
    }

    /// <summary>Returns the entry to a call that counts as a use of its cache.</summary>
    /// <inheritdoc cref="CheckedEntry"/>
    private OwnedEntry UsedEntry(long definition)
    {
        var entry = CheckedEntry(definition);
        entry.Cache.OnUse(entry.Now);
        return entry;
    }

    /// <summary>Returns the entry to a call.</summary>
    /// <param name="definition">The fingerprint of the caller's definition; zero if the caller has none.</param>
    /// <exception cref="ArgumentException">The key is bad, or the caller has another definition.</exception>
    private OwnedEntry CheckedEntry(long definition = 0)
    {
        var isUndeclared = IsUndeclared(definition);
        if (_keyError is not null)
        {
            DeactivateOnIdle();
            throw new ArgumentException(_keyError.Message);
        }

        return !isUndeclared ? _entry : throw new ArgumentException(
            $"Cache '{_entry.Cache.Definition.Name}' has the template '{_entry.Cache.Definition.Template}' in the "
            + "silos, but another one in the caller's definition. Use the same template in both.");
    }
}

using CacheOrleans.Entries;
using CacheOrleans.Loading;

namespace CacheOrleans.Grains.Entries;

/// <summary>The leases of one entry, and the callers that wait for them.</summary>
internal sealed class EntryLeases(OwnedEntry owned)
{
    private readonly LeaseBook<LeasedLoad> _book = new(owned.Memory, owned.Time);
    private EndedLease? _lastUnkept;

    private EndedLease? LastUnkept =>
        _lastUnkept is { } last && owned.Time.GetElapsedTime(last.EndedAt) < LeaseBook<LeasedLoad>.Length ? last : null;

    /// <summary>The lease that a new caller waits for, or null.</summary>
    public LoadLease<LeasedLoad>? Current => _book.Current;

    /// <summary>Whether no lease is left, and no caller can still ask for the result of the last one.</summary>
    public bool IsOver => _book.IsEmpty && LastUnkept is null;

    /// <summary>The time until the last lease runs out; never negative.</summary>
    public TimeSpan LongestLeft => _book.LongestLeft;

    /// <summary>Returns the time until a lease runs out; never negative.</summary>
    public TimeSpan TimeLeft(LoadLease<LeasedLoad> lease) => _book.TimeLeft(lease);

    /// <summary>Grants a lease; the caller has checked that none is current.</summary>
    public EntryReply Grant(EntryRequest request)
    {
        owned.NotifyOnTagChange(request); // before the load begins, so that no later change is missed
        if (!_book.TryGrant(Guid.NewGuid(), request.Tags, new LeasedLoad(request), out var lease))
        {
            throw new InvalidOperationException("No lease is granted: another one is current.");
        }

        owned.Cache.Meter.OnFallback();
        owned.Activation.OnChanged();
        return new EntryReply(EntryStatus.Leased, Lease: lease.Id);
    }

    public bool Renew(Guid id)
    {
        var isCurrent = _book.Renew(id);
        if (_book.Current is { } current && current.Id == id)
        {
            owned.NotifyOnTagChange(current.Outcome.Request);
        }

        owned.Activation.OnChanged();
        return isCurrent;
    }

    /// <summary>Waits until a lease ends or runs out, but not for longer than the caller may wait.</summary>
    /// <returns>Whether the lease has ended.</returns>
    public async Task<bool> EndsAsync(LoadLease<LeasedLoad> lease, Func<TimeSpan> waitLeft)
    {
        var outcome = lease.Outcome.Outcome;
        while (!outcome.IsCompleted
            && waitLeft() is var wait && wait > TimeSpan.Zero
            && TimeLeft(lease) is var left && left > TimeSpan.Zero)
        {
            await owned.EndsAsync(outcome, left < wait ? left : wait);
        }

        return outcome.IsCompleted;
    }

    /// <summary>Notifies the holders of leases that a change has detached: later callers must not share their loads.
    /// </summary>
    public void NotifyDetached()
    {
        foreach (var lease in _book.All)
        {
            if (lease.Start.Generation != owned.Memory.Generation && lease.Outcome.TryMarkNotified())
            {
                lease.Outcome.Request.Holder?.InvalidateAsync(owned.Activation.Key, owned.Memory.LastStamp.Value)
                    .Ignore();
            }
        }
    }

    /// <exception cref="ArgumentException">A tag is not allowed; the lease is still held.</exception>
    public LeaseOutcome Complete(LeaseCompletion completion)
    {
        var result = new LoadResult(completion.Value).WithTags(completion.Tags);
        if (!_book.TryEnd(completion.Lease, out var lease))
        {
            return new LeaseOutcome(IsKept: false, Stamp: 0, TimeSpan.Zero);
        }

        owned.Services.Fallback.OnSuccess(owned.Cache);
        var life = owned.Cache.Lives.Of(completion.Value, completion.TimeToLive, completion.Life);
        var found = owned.Memory.IsNewerThan(lease.Start)
            ? FoundEntry.NotKept(lease.Start, completion.Value)
            : owned.Loads.Keep(lease.Start, result, life);
        if (found.IsUnkept)
        {
            Remember(lease, completion.Tags);
        }

        owned.Activation.OnChanged();
        lease.Outcome.Complete(found);
        var left = owned.GrantCopy(lease.Outcome.Request, found, owned.Now);
        return new LeaseOutcome(left > TimeSpan.Zero, found.Entry.Stamp.Value, left);
    }

    public void Fail(LeaseFailure failure)
    {
        if (!_book.TryEnd(failure.Lease, out var lease))
        {
            return;
        }

        if (failure.IsGivenUp)
        {
            lease.Outcome.Abandon();
            owned.Activation.OnChanged();
            return;
        }

        var error = new LeaseFailedException(owned.Cache.Definition.Name, failure);
        owned.Services.Fallback.OnFailure(owned.Cache, error);
        Remember(lease, tags: null);
        lease.Outcome.Fail(error);
        owned.Activation.OnChanged();
    }

    /// <summary>Returns the error, or the value that nothing keeps, of the lease that a caller waits for, if the lease
    /// ended between two of the caller's calls, and the entry has not changed since the lease was granted; otherwise
    /// null.</summary>
    public Task<FoundEntry>? UnkeptResultOf(Guid awaited) =>
        LastUnkept is var (lease, tags, _) && lease.Id == awaited
        && owned.Memory.IsCurrent(lease.Start) && !owned.Memory.IsOutdated(lease.Start, tags)
            ? lease.Outcome.Outcome
            : null;

    private void Remember(LoadLease<LeasedLoad> lease, string[]? tags) =>
        _lastUnkept = new(lease, tags, owned.Time.GetTimestamp());

    private sealed record EndedLease(LoadLease<LeasedLoad> Lease, string[]? Tags, long EndedAt);
}

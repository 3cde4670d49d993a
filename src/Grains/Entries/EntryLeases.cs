using CacheOrleans.Entries;
using CacheOrleans.Loading;

namespace CacheOrleans.Grains.Entries;

/// <summary>The leases of one entry, and those who wait for them.</summary>
internal sealed class EntryLeases(OwnedEntry owned)
{
    private readonly LeaseBook<LeasedLoad> _book = new(owned.Memory, owned.Time);
    private LeaseFailedException? _lastFailure;
    private long _failedAt;

    private bool HasFailedLately =>
        _lastFailure is not null && owned.Time.GetElapsedTime(_failedAt) < LeaseBook<LeasedLoad>.Length;

    /// <summary>The lease that who asks now waits for, or null.</summary>
    public LoadLease<LeasedLoad>? Current => _book.Current;

    /// <summary>Whether nobody loads the value, and nobody is to be told that loading it has failed.</summary>
    public bool IsOver => _book.IsEmpty && !HasFailedLately;

    /// <summary>How long until the last lease runs out; never negative.</summary>
    public TimeSpan LongestLeft => _book.LongestLeft;

    /// <summary>How long until a lease runs out; never negative.</summary>
    public TimeSpan TimeLeft(LoadLease<LeasedLoad> lease) => _book.TimeLeft(lease);

    /// <summary>Grants a lease, when none is current.</summary>
    public EntryReply Grant(EntryRequest request)
    {
        owned.HearOfTags(request); // before the load begins: of what comes after that its process is told
        if (!_book.TryGrant(Guid.NewGuid(), request.Tags, new LeasedLoad(request), out var lease))
        {
            throw new InvalidOperationException("A lease is current.");
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
            owned.HearOfTags(current.Outcome.Request);
        }

        owned.Activation.OnChanged();
        return isCurrent;
    }

    /// <summary>Waits until a lease ends or runs out, but not for longer than a caller may be held.</summary>
    /// <returns>Whether it has ended.</returns>
    public async Task<bool> EndsAsync(LoadLease<LeasedLoad> lease, Func<TimeSpan> holdLeft)
    {
        var outcome = lease.Outcome.Outcome;
        while (!outcome.IsCompleted
            && holdLeft() is var hold && hold > TimeSpan.Zero
            && TimeLeft(lease) is var left && left > TimeSpan.Zero)
        {
            await owned.EndsAsync(outcome, left < hold ? left : hold);
        }

        return outcome.IsCompleted;
    }

    /// <summary>Tells the holders of leases that were detached by a change that later callers must not share what they
    /// load.</summary>
    public void TellDetached()
    {
        foreach (var lease in _book.All)
        {
            if (lease.Start.Generation != owned.Memory.Generation && lease.Outcome.TryTell())
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
        var found = owned.Memory.HoldsNewer(lease.Start)
            ? FoundEntry.NotKept(lease.Start, completion.Value)
            : owned.Loads.Keep(lease.Start, result, life);
        owned.Activation.OnChanged();
        lease.Outcome.Complete(found);
        var left = owned.Lend(lease.Outcome.Request, found, owned.Now);
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
        (_lastFailure, _failedAt) = (error, owned.Time.GetTimestamp());
        lease.Outcome.Fail(error);
        owned.Activation.OnChanged();
    }

    /// <summary>Throws the error that ended the lease which a caller waits for, between two of its calls.</summary>
    public void ThrowIfFailed(Guid awaited)
    {
        if (HasFailedLately && _lastFailure!.Failure.Lease == awaited)
        {
            throw _lastFailure;
        }
    }
}

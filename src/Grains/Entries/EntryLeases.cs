using CacheOrleans.Entries;
using CacheOrleans.Loading;

namespace CacheOrleans.Grains.Entries;

/// <summary>The leases of one entry, and those who wait for them.</summary>
internal sealed class EntryLeases(OwnedEntry owned)
{
    private LeaseBook<LeasedLoad>? _book;
    private LeaseFailedException? _lastFailure;
    private long _failedAt;

    /// <summary>The lease that who asks now waits for, or null.</summary>
    public LoadLease<LeasedLoad>? Current => _book?.Current;

    /// <summary>How long until the last lease runs out; never negative.</summary>
    public TimeSpan LongestLeft => _book?.LongestLeft ?? TimeSpan.Zero;

    /// <summary>How long until a lease runs out; never negative.</summary>
    public TimeSpan TimeLeft(LoadLease<LeasedLoad> lease) =>
        _book?.TimeLeft(lease) ?? TimeSpan.Zero;

    /// <summary>Grants a lease, when none is current.</summary>
    public EntryReply Grant(EntryRequest request)
    {
        _book ??= new(owned.Memory, owned.Time);
        if (!_book.TryGrant(Guid.NewGuid(), new LeasedLoad(request), out var lease))
        {
            throw new InvalidOperationException("A lease is current.");
        }

        owned.Cache.Meter.OnFallback();
        owned.Activation.OnChanged();
        return new EntryReply(EntryStatus.Leased, Lease: lease.Id);
    }

    public bool Renew(Guid id)
    {
        var isHeld = _book?.Renew(id) is true;
        if (isHeld)
        {
            owned.Activation.OnChanged();
        }

        return isHeld;
    }

    public LeaseOutcome Complete(LeaseCompletion completion)
    {
        if (_book?.TryEnd(completion.Lease, out var lease) is not true)
        {
            return new LeaseOutcome(IsKept: false, Stamp: 0, TimeSpan.Zero);
        }

        owned.Services.Fallback.OnSuccess(owned.Cache);
        var life = owned.Cache.Lives.Of(completion.Value, completion.TimeToLive, completion.Life);
        var found = owned.Loads.Keep(lease.Ticket, new LoadResult(completion.Value), life);
        owned.Activation.OnChanged();
        lease.Outcome.Complete(found);
        var left = owned.Lend(lease.Outcome.Request, found);
        return new LeaseOutcome(left > TimeSpan.Zero, found.Entry.Stamp.Value, left);
    }

    public void Fail(LeaseFailure failure)
    {
        if (_book?.TryEnd(failure.Lease, out var lease) is not true)
        {
            return;
        }

        if (failure.IsGivenUp)
        {
            lease.Outcome.GiveUp();
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
        if (_lastFailure is { } error
            && error.Failure.Lease == awaited
            && owned.Time.GetElapsedTime(_failedAt) < LeaseBook<LeasedLoad>.Length)
        {
            throw error;
        }
    }
}

using System.Diagnostics.CodeAnalysis;

namespace CacheOrleans.Entries;

/// <summary>Grants the leases of one entry, which decide which caller loads its value for all, and for how long.
/// </summary>
/// <remarks>
/// <para>At most one lease is current. A set, a remove or the invalidation of one of its tags detaches it, because the
/// value that it loads may be older than that: a later caller gets another lease, while the detached lease continues
/// for the callers that wait for it. A lease that has expired is replaced by the next one that is granted, and its
/// value is still accepted when it arrives.</para>
/// <para>Its owner serializes access.</para>
/// </remarks>
/// <typeparam name="T">The type of what the owner attaches to a lease.</typeparam>
public sealed class LeaseBook<T>(EntryMemory memory, TimeProvider time)
{
    /// <summary>How long a lease lasts unless it is renewed.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(2);

    /// <summary>How many expired leases are remembered, so that their values are still accepted.</summary>
    private const int MaxLate = 8;

    /// <summary>The leases that have not ended, in the order in which they were granted.</summary>
    private readonly List<LoadLease<T>> _leases = [];

    /// <summary>Whether every lease has ended.</summary>
    public bool IsEmpty => _leases.Count == 0;

    /// <summary>The lease that a new caller must wait for, or null.</summary>
    public LoadLease<T>? Current => Latest is { } latest && TimeLeft(latest) > TimeSpan.Zero ? latest : null;

    /// <summary>How long it is until every lease has expired; never negative.</summary>
    public TimeSpan LongestLeft
    {
        get
        {
            var longest = TimeSpan.Zero;
            foreach (var lease in _leases)
            {
                var left = TimeLeft(lease);
                longest = left > longest ? left : longest;
            }

            return longest;
        }
    }

    /// <summary>The leases that have not ended, in the order in which they were granted.</summary>
    public IReadOnlyList<LoadLease<T>> All => _leases;

    private LoadLease<T>? Latest => _leases is [.., var last] && IsCurrent(last) ? last : null;

    /// <summary>Returns how long it is until a lease expires; never negative.</summary>
    public TimeSpan TimeLeft(LoadLease<T> lease)
    {
        ArgumentNullException.ThrowIfNull(lease);
        var left = Length - time.GetElapsedTime(lease.RenewedAt);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>Grants a lease, unless the current lease has not expired.</summary>
    /// <param name="id">The id by which the lease's holder refers to it.</param>
    /// <param name="tags">The tags of the value to load; null if it has none.</param>
    /// <param name="outcome">The object that the owner attaches to the lease.</param>
    /// <param name="lease">The lease.</param>
    public bool TryGrant(Guid id, string[]? tags, T outcome, [NotNullWhen(true)] out LoadLease<T>? lease)
    {
        lease = null;
        if (Current is not null)
        {
            return false;
        }

        var late = 0;
        for (var i = _leases.Count - 1; i >= 0; i--)
        {
            if (TimeLeft(_leases[i]) == TimeSpan.Zero)
            {
                _leases[i].IsReplaced = true;
                if (++late > MaxLate)
                {
                    _leases.RemoveAt(i);
                }
            }
        }

        lease = new(id, memory.BeginLoad(), tags, outcome) { RenewedAt = time.GetTimestamp() };
        _leases.Add(lease);
        return true;
    }

    /// <summary>Renews a lease for its full length from now, unless it has been replaced.</summary>
    /// <returns>Whether the lease is current, so that a new caller may wait for it.</returns>
    public bool Renew(Guid id)
    {
        if (_leases.Find(lease => lease.Id == id) is not { IsReplaced: false } found)
        {
            return false;
        }

        found.RenewedAt = time.GetTimestamp();
        return found == Latest;
    }

    /// <summary>Ends a lease. Returns false if it has ended before.</summary>
    public bool TryEnd(Guid id, [NotNullWhen(true)] out LoadLease<T>? lease)
    {
        lease = _leases.Find(held => held.Id == id);
        return lease is not null && _leases.Remove(lease);
    }

    private bool IsCurrent(LoadLease<T> lease) =>
        memory.IsCurrent(lease.Start) && !memory.IsOutdated(lease.Start, lease.Tags);
}

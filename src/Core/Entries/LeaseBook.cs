using System.Diagnostics.CodeAnalysis;

namespace CacheOrleans.Entries;

/// <summary>The leases of one entry: which caller loads its value for all, and for how long.</summary>
/// <remarks>
/// <para>One lease is current. A set, a remove or the end of one of its tags detaches it, for what it loads may be
/// older than that: a later caller gets another lease, while the old one goes on for those who wait for it. A lease
/// that has run out is replaced by the next one that is granted, and its value is still taken when it comes.</para>
/// <para>Its owner serialises access.</para>
/// </remarks>
/// <typeparam name="T">What the owner ties to a lease.</typeparam>
public sealed class LeaseBook<T>(EntryMemory memory, TimeProvider time)
{
    /// <summary>How long a lease lasts unless it is renewed.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(2);

    /// <summary>How many leases that have run out are remembered, so that their values are still taken.</summary>
    private const int MaxLate = 8;

    /// <summary>The leases that have not ended, the latest last.</summary>
    private readonly List<LoadLease<T>> _leases = [];

    /// <summary>Whether every lease has ended.</summary>
    public bool IsEmpty => _leases.Count == 0;

    /// <summary>The lease that who asks now waits for, or null.</summary>
    public LoadLease<T>? Current => Latest is { } latest && TimeLeft(latest) > TimeSpan.Zero ? latest : null;

    /// <summary>How long until the last lease runs out; never negative.</summary>
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

    /// <summary>The leases that have not ended, the latest last.</summary>
    public IReadOnlyList<LoadLease<T>> All => _leases;

    private LoadLease<T>? Latest => _leases is [.., var last] && IsCurrent(last) ? last : null;

    /// <summary>How long until a lease runs out; never negative.</summary>
    public TimeSpan TimeLeft(LoadLease<T> lease)
    {
        ArgumentNullException.ThrowIfNull(lease);
        var left = Length - time.GetElapsedTime(lease.RenewedAt);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>Grants a lease, unless one is current that has not run out.</summary>
    /// <param name="id">What its holder calls it by.</param>
    /// <param name="tags">The tags of what is loaded; null: none.</param>
    /// <param name="outcome">What the owner ties to it.</param>
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

    /// <summary>Prolongs a lease to its full length from now, unless it has been replaced.</summary>
    /// <returns>Whether it is current: a caller that comes now may wait for it.</returns>
    public bool Renew(Guid id)
    {
        if (_leases.Find(lease => lease.Id == id) is not { IsReplaced: false } found)
        {
            return false;
        }

        found.RenewedAt = time.GetTimestamp();
        return found == Latest;
    }

    /// <summary>Ends a lease that is still held.</summary>
    public bool TryEnd(Guid id, [NotNullWhen(true)] out LoadLease<T>? lease)
    {
        lease = _leases.Find(held => held.Id == id);
        return lease is not null && _leases.Remove(lease);
    }

    private bool IsCurrent(LoadLease<T> lease) =>
        memory.IsCurrent(lease.Start) && !memory.IsOutdated(lease.Start, lease.Tags);
}

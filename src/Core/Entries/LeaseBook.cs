using System.Diagnostics.CodeAnalysis;

namespace CacheOrleans.Entries;

/// <summary>The leases of one entry: which caller loads its value for all, and for how long.</summary>
/// <remarks>
/// <para>One lease is current. What makes a load's result stale, a set or a remove, detaches it: who asks later gets
/// another lease, while the old one goes on for those who wait for it. A lease that has run out stands until another
/// takes its place, so that a holder that is merely late still brings its value.</para>
/// <para>Its owner serialises access.</para>
/// </remarks>
/// <typeparam name="T">What the owner ties to a lease.</typeparam>
public sealed class LeaseBook<T>(EntryMemory memory, TimeProvider time)
{
    /// <summary>How long a lease lasts unless it is renewed.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(2);

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

    private LoadLease<T>? Latest => _leases is [.., var last] && memory.IsCurrent(last.Ticket) ? last : null;

    /// <summary>How long until a lease runs out; never negative.</summary>
    public TimeSpan TimeLeft(LoadLease<T> lease)
    {
        ArgumentNullException.ThrowIfNull(lease);
        var left = Length - time.GetElapsedTime(lease.RenewedAt);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>Grants a lease, unless one is current that has not run out.</summary>
    public bool TryGrant(Guid id, T outcome, [NotNullWhen(true)] out LoadLease<T>? lease)
    {
        lease = null;
        if (Current is not null)
        {
            return false;
        }

        _leases.RemoveAll(old => TimeLeft(old) == TimeSpan.Zero);
        lease = new(id, memory.BeginLoad(), outcome) { RenewedAt = time.GetTimestamp() };
        _leases.Add(lease);
        return true;
    }

    /// <summary>Prolongs a lease to its full length from now.</summary>
    /// <returns>Whether it is still held.</returns>
    public bool Renew(Guid id)
    {
        if (_leases.Find(lease => lease.Id == id) is not { } found)
        {
            return false;
        }

        found.RenewedAt = time.GetTimestamp();
        return true;
    }

    /// <summary>Ends a lease that is still held.</summary>
    public bool TryEnd(Guid id, [NotNullWhen(true)] out LoadLease<T>? lease)
    {
        lease = _leases.Find(held => held.Id == id);
        return lease is not null && _leases.Remove(lease);
    }
}

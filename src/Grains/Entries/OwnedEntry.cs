using CacheOrleans.Diagnostics;
using CacheOrleans.Entries;
using CacheOrleans.Storage;

namespace CacheOrleans.Grains.Entries;

/// <summary>An entry that this silo owns: its value in memory, its loads, leases and writes, and the processes to
/// notify of changes.</summary>
internal sealed class OwnedEntry
{
    /// <summary>How long a process that waits for a load is notified of changes, unless it calls again.</summary>
    private static readonly TimeSpan NotificationTime = TimeSpan.FromSeconds(15);

    private EntryLeases? _leases;
    private RecentSets? _sets;
    private CopyHolders? _holders;
    private CopyHolders? _waiting;
    private int _reads;

    public OwnedEntry(EntryIdentity identity, IEntryActivation activation, EntryServices services)
    {
        Identity = identity;
        Activation = activation;
        Services = services;
        Memory = new(identity.Cache.Definition, services.Time, services.Tags.Floors);
        Writes = new(this);
        Loads = new(this);
    }

    public EntryIdentity Identity { get; }

    public SiloCache Cache => Identity.Cache;

    public IEntryActivation Activation { get; }

    public EntryServices Services { get; }

    public TimeProvider Time => Services.Time;

    public DateTimeOffset Now => Time.GetUtcNow();

    public EntryMemory Memory { get; }

    public EntryWrites Writes { get; }

    public EntryLoads Loads { get; }

    public RecentSets Sets => _sets ??= new();

    public EntryLeases Leases => _leases ??= new(this);

    /// <summary>Whether the entry loads, or a read of it that memory does not answer runs.</summary>
    public bool IsReading => _reads > 0 || Loads.AreRunning;

    /// <summary>The lease that a new caller waits for, or null.</summary>
    public LoadLease<LeasedLoad>? CurrentLease => _leases?.Current;

    /// <summary>The time until the last lease runs out; never negative.</summary>
    public TimeSpan LeasedFor => _leases?.LongestLeft ?? TimeSpan.Zero;

    /// <summary>Whether it knows nothing of the key and does nothing.</summary>
    public bool IsUnused => Memory.LastStamp == Stamp.None && !IsLoading && !Writes.ArePending;

    /// <summary>Makes the reply to a client from the entry that was found.</summary>
    public EntryReply Reply(EntryRequest request, FoundEntry found, DateTimeOffset now)
    {
        var (entry, source, _) = found;
        return source == EntrySource.None
            ? new EntryReply(EntryStatus.Nothing, Stamp: entry.Stamp.Value)
            : new EntryReply(
                entry.Value is null ? EntryStatus.NotFound : EntryStatus.Value,
                entry.Value,
                source,
                entry.Stamp.Value,
                entry.Age(now),
                GrantCopy(request, found, now),
                entry.Tags,
                entry.Sliding is not null);
    }

    /// <summary>Records that a caller reads the entry in memory, which extends the life of a sliding entry.</summary>
    /// <returns>The entry that is in memory afterwards.</returns>
    public StoreRecord Use(StoreRecord held)
    {
        if (held.Sliding is null)
        {
            return held;
        }

        if (Memory.Touch() is { } record)
        {
            Writes.Send(record);
        }

        return Memory.Fresh ?? held;
    }

    /// <summary>Lets a client keep a copy of the entry that was found, if the client asked for one and the entry is
    /// still in memory.</summary>
    /// <remarks>A sliding entry is never copied, because each read must extend its life here.</remarks>
    /// <returns>How long the entry is valid; zero if it is not in memory, because it was not kept or has been replaced
    /// since.</returns>
    public TimeSpan GrantCopy(EntryRequest request, FoundEntry found, DateTimeOffset now)
    {
        var left = found.Entry.TimeLeft(now);
        var lease = request.NearLease < left ? request.NearLease : left;
        var holder = lease > TimeSpan.Zero && found.Entry.Sliding is null ? request.Holder : null;
        if (holder is not null)
        {
            Services.Tags.Holds(holder, found.Entry.Tags, lease); // before the check below: no invalidation is missed
        }

        if (left == TimeSpan.Zero || Memory.FreshAt(now)?.Stamp != found.Entry.Stamp)
        {
            return TimeSpan.Zero;
        }

        if (holder is not null)
        {
            RecallIfReplaced();
            _holders ??= new CopyHolders(this, found.Entry.Stamp);
            _holders.Add(holder, lease);
        }

        return left;
    }

    /// <summary>Records that a caller waits for a load. If its process keeps copies, it is notified when a change makes
    /// that load outdated: the process's later callers must not wait for the same load.</summary>
    public void NotifyOnChange(EntryRequest request)
    {
        if (request.Holder is not { } holder)
        {
            return;
        }

        NotifyOnTagChange(request);
        if (_waiting?.Generation != Memory.Generation)
        {
            NotifyWaiting();
            _waiting = new CopyHolders(this, Memory.LastStamp);
        }

        _waiting.Add(holder, NotificationTime);
    }

    /// <summary>Has a process notified of every tag that is invalidated while it loads or waits, because the tags of
    /// the value may not be known yet.</summary>
    public void NotifyOnTagChange(EntryRequest request)
    {
        if (request.Holder is { } holder)
        {
            Services.Tags.Holds(holder, request.Tags ?? [], NotificationTime);
        }
    }

    /// <summary>Called when the entry's value, loads or leases have changed: recalls copies of a value that is no
    /// longer in memory, notifies processes that wait for an outdated load, and drops leases that are over.</summary>
    public void OnChanged()
    {
        RecallIfReplaced();
        if (_waiting is not null && (_waiting.Generation != Memory.Generation || !IsLoading))
        {
            NotifyWaiting();
        }

        _leases?.NotifyDetached();
        _leases = _leases is { IsOver: true } ? null : _leases;
    }

    /// <summary>Called when a read begins that memory does not answer. The activation stays until it ends: the lease
    /// that a read may get would be lost with it.</summary>
    public void OnReading()
    {
        _reads++;
        Activation.OnBegun();
    }

    /// <summary>Called when a read ends that memory did not answer.</summary>
    public void OnRead()
    {
        if (--_reads == 0)
        {
            Activation.OnChanged();
        }
    }

    /// <summary>Waits for a task within a time limit.</summary>
    /// <returns>Whether the task has ended, successfully or not.</returns>
    public async Task<bool> EndsAsync(Task task, TimeSpan limit)
    {
        if (!task.IsCompleted && limit > TimeSpan.Zero)
        {
            // Running out of time is normal here, so no exception is thrown for it.
            await task.WaitAsync(TimerLength.RoundUp(limit), Time).ConfigureAwait(
                ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        }

        return task.IsCompleted;
    }

    private bool IsLoading => Loads.AreRunning || LeasedFor > TimeSpan.Zero;

    private void NotifyWaiting()
    {
        if (_waiting is { } waiting && waiting.Generation != Memory.Generation)
        {
            waiting.Notify(Memory.LastStamp);
        }

        _waiting = null;
    }

    /// <summary>Notifies the holders of copies if the entry in memory is no longer the one that was copied.</summary>
    private void RecallIfReplaced()
    {
        if (_holders is not null && Memory.Fresh?.Stamp != _holders.Stamp)
        {
            Recall();
        }
    }

    /// <summary>Notifies the holders of copies that these are no longer valid.</summary>
    /// <remarks>Expiry is not announced: no copy outlives the entry.</remarks>
    public void Recall()
    {
        _holders?.Notify(Stamp.Max(Memory.LastStamp, new Stamp(_holders.Stamp.Value + 1)));
        _holders = null;
    }
}

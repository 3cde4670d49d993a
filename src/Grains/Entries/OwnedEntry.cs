using CacheOrleans.Entries;
using CacheOrleans.Storage;

namespace CacheOrleans.Grains.Entries;

/// <summary>An entry that this silo owns: what it holds, and what it does about it.</summary>
internal sealed class OwnedEntry
{
    /// <summary>For how long a process that waits for a load is told of changes, unless it asks again.</summary>
    private static readonly TimeSpan Hearing = TimeSpan.FromSeconds(15);

    private EntryLeases? _leases;
    private EntryHolders? _holders;
    private EntryHolders? _waiting;

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

    public EntryLeases Leases => _leases ??= new(this);

    /// <summary>The lease that a caller of now waits for, or null.</summary>
    public LoadLease<LeasedLoad>? CurrentLease => _leases?.Current;

    /// <summary>How long until the last lease runs out; never negative.</summary>
    public TimeSpan LeasedFor => _leases?.LongestLeft ?? TimeSpan.Zero;

    /// <summary>Answers a client with what was found.</summary>
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
                Lend(request, found, now),
                entry.Tags,
                entry.Sliding is not null);
    }

    /// <summary>A caller reads what is held: that prolongs the life of a sliding entry.</summary>
    /// <returns>What is held now.</returns>
    public MemoryEntry Use(MemoryEntry held)
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

    /// <summary>Lets a client keep a copy of what was found, if it asked to and that is still held here.</summary>
    /// <remarks>Of a sliding entry nobody keeps a copy, for each read prolongs its life.</remarks>
    /// <returns>How long it counts; zero when it is not held, for it was not kept or has been replaced since.</returns>
    public TimeSpan Lend(EntryRequest request, FoundEntry found, DateTimeOffset now)
    {
        var left = found.Entry.TimeLeft(now);
        var lease = request.NearLease < left ? request.NearLease : left;
        var holder = lease > TimeSpan.Zero && found.Entry.Sliding is null ? request.Holder : null;
        if (holder is not null)
        {
            Services.Tags.Holds(holder, found.Entry.Tags, lease); // before the entry is judged
        }

        if (left == TimeSpan.Zero || Memory.FreshAt(now)?.Stamp != found.Entry.Stamp)
        {
            return TimeSpan.Zero;
        }

        if (holder is not null)
        {
            RecallIfReplaced();
            _holders ??= new EntryHolders(this, found.Entry.Stamp);
            _holders.Add(holder, lease);
        }

        return left;
    }

    /// <summary>A caller waits for a load. Its process is told when a change outdates that load, if it keeps copies:
    /// its later callers must not wait for the same.</summary>
    public void Hear(EntryRequest request)
    {
        if (request.Holder is not { } holder)
        {
            return;
        }

        HearOfTags(request);
        if (_waiting?.Generation != Memory.Generation)
        {
            TellWaiting();
            _waiting = new EntryHolders(this, Memory.LastStamp);
        }

        _waiting.Add(holder, Hearing);
    }

    /// <summary>Has a process told of every tag that ends while it loads or waits: which ones the value will have may
    /// not be known yet.</summary>
    public void HearOfTags(EntryRequest request)
    {
        if (request.Holder is { } holder)
        {
            Services.Tags.Holds(holder, request.Tags ?? [], Hearing);
        }
    }

    /// <summary>What the entry holds or does has changed: copies of what is held no more are recalled, processes that
    /// wait for an outdated load are told, and leases that are over are forgotten.</summary>
    public void OnChanged()
    {
        RecallIfReplaced();
        if (_waiting is not null && (_waiting.Generation != Memory.Generation || !IsLoading))
        {
            TellWaiting();
        }

        _leases?.TellDetached();
        _leases = _leases is { IsOver: true } ? null : _leases;
    }

    /// <summary>Waits for a task, but not for long.</summary>
    /// <returns>Whether it has ended, well or not.</returns>
    public async Task<bool> EndsAsync(Task task, TimeSpan limit)
    {
        if (!task.IsCompleted && limit > TimeSpan.Zero)
        {
            // To run out of time is nothing exceptional here, so it costs no exception. A timer counts whole
            // milliseconds, and a part of one would be no wait at all.
            var milliseconds = Math.Ceiling(limit.TotalMilliseconds);
            await task.WaitAsync(TimeSpan.FromMilliseconds(milliseconds), Time).ConfigureAwait(
                ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        }

        return task.IsCompleted;
    }

    private bool IsLoading => Loads.AreRunning || LeasedFor > TimeSpan.Zero;

    private void TellWaiting()
    {
        if (_waiting is { } waiting && waiting.Generation != Memory.Generation)
        {
            waiting.Tell(Memory.LastStamp);
        }

        _waiting = null;
    }

    /// <summary>Tells the holders of copies, when something else than what they have is held by now.</summary>
    private void RecallIfReplaced()
    {
        if (_holders is not null && Memory.Fresh?.Stamp != _holders.Stamp)
        {
            Recall();
        }
    }

    /// <summary>Tells the holders of copies that these count no more.</summary>
    /// <remarks>What has merely expired is told of to nobody: no copy outlives it.</remarks>
    public void Recall()
    {
        _holders?.Tell(Stamp.Max(Memory.LastStamp, new Stamp(_holders.Stamp.Value + 1)));
        _holders = null;
    }
}

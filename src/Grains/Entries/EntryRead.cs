using CacheOrleans.Entries;
using CacheOrleans.Storage;

namespace CacheOrleans.Grains.Entries;

/// <summary>A read of an entry that is not answered from memory.</summary>
internal sealed class EntryRead(OwnedEntry owned, EntryRequest request, TimeSpan maxWait)
{
    /// <summary>The longest time that a client's call waits before it returns <see cref="EntryStatus.Pending"/>.
    /// </summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);

    /// <summary>The request of a caller of the grain itself. Its read is never pending: every load and lease that it
    /// waits for has a time limit of its own.</summary>
    private static readonly EntryRequest Unlimited = new(EntryDemand.Loaded, TimeSpan.MaxValue);

    private readonly long _start = owned.Time.GetTimestamp();
    private readonly Stamp _refused = new(request.Refused);
    private readonly long _since = owned.Services.Tags.Floors.Changes;
    private bool _hasRead = request.Refused == EntryRequest.RefuseAll;
    private bool _isCounted = request.Awaited != default; // a repeated call was counted the first time

    private TimeSpan WaitLeft => maxWait - owned.Time.GetElapsedTime(_start);

    /// <summary>Reads an entry for a caller of the grain itself.</summary>
    /// <exception cref="CacheFallbackException">The registered fallback failed.</exception>
    public static async Task<CacheAnswer> AnswerAsync(OwnedEntry owned, CancellationToken cancellationToken)
    {
        var reply = await new EntryRead(owned, Unlimited, Unlimited.MaxWait).RunAsync().WaitAsync(cancellationToken);
        return new CacheAnswer(reply.Value, reply.Source, reply.Age, reply.Stamp);
    }

    /// <summary>Reads an entry for a client.</summary>
    /// <exception cref="CacheFallbackException">The registered fallback failed.</exception>
    /// <exception cref="LeaseFailedException">The fallback of the lease's holder failed.</exception>
    public static Task<EntryReply> ReplyAsync(OwnedEntry owned, EntryRequest request) =>
        new EntryRead(owned, request, request.MaxWait < MaxWait ? request.MaxWait : MaxWait).RunAsync();

    private async Task<EntryReply> RunAsync()
    {
        if (request.Awaited != default && request.Demand == EntryDemand.Leased
            && owned.Leases.UnkeptResultOf(request.Awaited) is { } result)
        {
            return Reply(await result);
        }

        owned.OnReading();
        try
        {
            return await FindAsync();
        }
        finally
        {
            owned.OnRead();
        }
    }

    private async Task<EntryReply> FindAsync()
    {
        while (true)
        {
            if (owned.Memory.Fresh is { } held)
            {
                if (held.Stamp > _refused)
                {
                    return Reply(new FoundEntry(held, EntrySource.Memory));
                }

                _hasRead = true; // the entry in memory, which was refused, is as new as the one in the store
            }

            var reply = request.Demand switch
            {
                EntryDemand.Stored => await ReadStoreAsync()
                    ?? ReplyUnlessStale(FoundEntry.Nothing(owned.Memory.LastStamp)),
                EntryDemand.Loaded => await LoadAsync(),
                EntryDemand.Leased => await LeaseAsync(),
                var demand => throw new ArgumentException($"There is no demand {demand}."),
            };
            if (reply is not null)
            {
                return reply;
            }
        }
    }

    /// <summary>Waits for the load that runs, which may be a client's, or else runs the registered fallback.</summary>
    /// <returns>The reply; null if the awaited load brought no result.</returns>
    private async Task<EntryReply?> LoadAsync()
    {
        if (owned.Loads.Current is { } load)
        {
            return await ShareAsync(load);
        }

        if (owned.CurrentLease is not { } lease || owned.Cache.Loader is null)
        {
            return await LoadAsync(owned.Loads.Begin(_refused));
        }

        try
        {
            _hasRead = true;
            return await AwaitAsync(lease);
        }
        catch (LeaseFailedException)
        {
            return null; // the registered fallback may succeed where the client's failed
        }
    }

    /// <summary>Waits for the load that runs, or else grants a lease.</summary>
    /// <returns>The reply; null if the awaited load brought no result.</returns>
    private async Task<EntryReply?> LeaseAsync()
    {
        if (owned.Loads.Current is { } load)
        {
            try
            {
                return await ShareAsync(load);
            }
            catch (CacheFallbackException)
            {
                return null; // the callers' fallbacks may succeed where the registered one failed: one of them loads
            }
        }

        if (owned.Leases.Current is { } lease)
        {
            _hasRead = true;
            return await AwaitAsync(lease);
        }

        if (!_hasRead)
        {
            return await ReadStoreAsync();
        }

        // A lease would be lost with the activation: the caller gets one from the next when it asks again.
        return owned.Activation.IsLeaving ? Pending(owned.Memory.LastStamp.Value) : owned.Leases.Grant(request);
    }

    private async Task<EntryReply?> ReadStoreAsync()
    {
        if (_hasRead)
        {
            return null;
        }

        var read = owned.Loads.ReadAsync();
        if (!await owned.EndsAsync(read, WaitLeft))
        {
            return Pending(owned.Memory.LastStamp.Value);
        }

        _hasRead = true;
        return await read is { } held ? ReplyUnlessStale(new FoundEntry(held, EntrySource.Redis)) : null;
    }

    private Task<EntryReply?> ShareAsync(Task<FoundEntry> load)
    {
        CountShared();
        return LoadAsync(load);
    }

    private async Task<EntryReply?> LoadAsync(Task<FoundEntry> load)
    {
        owned.NotifyOnChange(request);
        if (!await owned.EndsAsync(load, WaitLeft))
        {
            // The tags of the loaded value are not known yet: any tag invalidated since may be one of them.
            var isOutdated = owned.Loads.Current != load
                || owned.Loads.Running!.Start.TagChanges != owned.Services.Tags.Floors.Changes;
            return Pending(owned.Memory.LastStamp.Value, owned.Loads.Running?.Id ?? default, isOutdated);
        }

        var found = await load;
        _hasRead = true;
        var isMiss = found.Source == EntrySource.None && request.Demand == EntryDemand.Leased;
        return isMiss ? null : ReplyUnlessStale(found);
    }

    /// <summary>Waits for a lease to end.</summary>
    /// <returns>The reply; null if the lease has run out or was given up, or if its value is outdated. Of the callers
    /// that waited, the first to continue then takes the next lease.</returns>
    private async Task<EntryReply?> AwaitAsync(LoadLease<LeasedLoad> lease)
    {
        CountShared();
        owned.NotifyOnChange(request);
        var outcome = lease.Outcome.Outcome;
        if (await owned.Leases.EndsAsync(lease, () => WaitLeft))
        {
            return outcome.IsCanceled ? null : ReplyUnlessStale(await outcome);
        }

        if (owned.Leases.TimeLeft(lease) == TimeSpan.Zero)
        {
            return null;
        }

        // The loaded value's stamp will be above this one; the stamp of whatever is in the store is not.
        var before = Stamp.Next(lease.Start.StartedAt, lease.Start.Stamp).Value - 1;
        return Pending(before, lease.Id, isOutdated: lease != owned.CurrentLease);
    }

    private EntryReply Pending(long stamp, Guid load = default, bool isOutdated = false)
    {
        owned.NotifyOnChange(request); // until the client calls again
        return new EntryReply(EntryStatus.Pending, Stamp: stamp, Lease: load, IsOutdated: isOutdated);
    }

    private EntryReply? ReplyUnlessStale(FoundEntry found) =>
        found.IsStale(owned.Memory, _since, _refused) ? null : Reply(found);

    private EntryReply Reply(FoundEntry found) => owned.Reply(request, found, owned.Now);

    private void CountShared()
    {
        if (!_isCounted)
        {
            _isCounted = true;
            owned.Cache.Meter.OnShared();
        }
    }
}

using CacheOrleans.Entries;
using CacheOrleans.Storage;

namespace CacheOrleans.Grains.Entries;

/// <summary>An entry that this silo owns: what it holds, and what it does about it.</summary>
internal sealed class OwnedEntry
{
    private EntryHolders? _holders;

    public OwnedEntry(EntryIdentity identity, IEntryActivation activation, EntryServices services)
    {
        Identity = identity;
        Activation = activation;
        Services = services;
        Memory = new(identity.Cache.Definition, services.Time);
        Writes = new(this);
        Loads = new(this);
        Leases = new(this);
    }

    public EntryIdentity Identity { get; }

    public BoundCache Cache => Identity.Cache;

    public IEntryActivation Activation { get; }

    public EntryServices Services { get; }

    public TimeProvider Time => Services.Time;

    public EntryMemory Memory { get; }

    public EntryWrites Writes { get; }

    public EntryLoads Loads { get; }

    public EntryLeases Leases { get; }

    public CacheAnswer Answer(FoundEntry found) => new(
        found.Entry.Value, found.Source, Memory.Age(found.Entry.CreatedAt), found.Entry.Stamp.Value);

    /// <summary>Answers a client with what was found.</summary>
    public EntryReply Reply(EntryRequest request, FoundEntry found) => found.Source == EntrySource.None
        ? new EntryReply(EntryStatus.Nothing, Stamp: found.Entry.Stamp.Value)
        : new EntryReply(
            found.Entry.Value is null ? EntryStatus.NotFound : EntryStatus.Value,
            found.Entry.Value,
            found.Source,
            found.Entry.Stamp.Value,
            Memory.Age(found.Entry.CreatedAt),
            Lend(request, found));

    /// <summary>Lets a client keep a copy of what was found, if it asked to and that is still held here.</summary>
    /// <remarks>Of a sliding entry nobody keeps a copy, for each read prolongs its life.</remarks>
    /// <returns>How long it counts; zero when it is not held, for it was not kept or has been replaced since.</returns>
    public TimeSpan Lend(EntryRequest request, FoundEntry found)
    {
        var left = Memory.TimeLeft(found.Entry.ExpiresAt);
        if (left == TimeSpan.Zero || Memory.Fresh?.Stamp != found.Entry.Stamp)
        {
            return TimeSpan.Zero;
        }

        var lease = request.NearLease < left ? request.NearLease : left;
        if (request.Holder is { } holder && lease > TimeSpan.Zero && found.Entry.Sliding is null)
        {
            RecallIfReplaced();
            _holders ??= new EntryHolders(this, found.Entry.Stamp);
            _holders.Add(holder, lease);
        }

        return left;
    }

    /// <summary>Tells the holders of copies, when something else than what they have is held by now.</summary>
    public void RecallIfReplaced()
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
